import type { Connection } from './connection';
import { type RecordKind, recordOf, toRow, tryRecord } from './row';
import type { Row } from './schema';
import { StorageError } from './storageError';
import { read, type Writing, write } from './transaction';

type RecordTableName = 'requests' | 'grants' | 'ledger' | 'connections';
type RecordKey = string | [string, number];
type TableWriting = Writing<RecordTableName>;

export interface RecordTableOptions<R> extends RecordKind<R> {
  connection: Connection;
  name: RecordTableName;
  keyOf: (record: R) => RecordKey;
}

/** What all tables of records do alike. A row that can't be read is never written over. */
export interface RecordTable<R> {
  get(key: RecordKey): Promise<R | undefined>;
  put(record: R): Promise<void>;
  /** One transaction: what `apply` makes of the stored record, or of none, is stored and given back. */
  write(key: RecordKey, apply: (stored: R | undefined) => R): Promise<R>;
  /** One transaction: as `write`, but throws NOT_FOUND without a record, and undefined leaves it as it is. */
  update(key: RecordKey, apply: (stored: R) => R | undefined): Promise<R>;
  remove(key: RecordKey): Promise<void>;
  all(): Promise<R[]>;
  /** The readable records of rows, in their order of insertion. */
  readable(rows: readonly Row[]): R[];
}

export const createRecordTable = <R>(options: RecordTableOptions<R>): RecordTable<R> => {
  const { connection, name, keyOf } = options;

  const readable = (rows: readonly Row[]): R[] =>
    rows.toSorted(byInsertion).flatMap((row) => tryRecord(options, row) ?? []);

  const stored = async (store: TableWriting, key: RecordKey) => {
    const row = await store.index('key').get(key);
    return row === undefined ? undefined : { row, record: recordOf(options, row) };
  };

  const replace = async (store: TableWriting, key: RecordKey, next: R, row?: Row): Promise<R> => {
    assertSameKey(key, keyOf(next));
    await store.put({ ...row, ...toRow(options, next) });
    return next;
  };

  const writeRecord: RecordTable<R>['write'] = (key, apply) =>
    write(connection, name, async (store) => {
      const present = await stored(store, key);
      return replace(store, key, apply(present?.record), present?.row);
    });

  return {
    get: (key) =>
      read(connection, name, async (store) => {
        const row = await store.index('key').get(key);
        return row === undefined ? undefined : recordOf(options, row);
      }),
    put: async (record) => {
      await writeRecord(keyOf(record), () => record);
    },
    write: writeRecord,
    update: (key, apply) =>
      write(connection, name, async (store) => {
        const present = await stored(store, key);
        if (present === undefined)
          throw new StorageError('NOT_FOUND', `This ${options.noun} is no longer stored.`);
        const next = apply(present.record);
        return next === undefined ? present.record : replace(store, key, next, present.row);
      }),
    remove: (key) =>
      write(connection, name, async (store) => {
        const sequence = await store.index('key').getKey(key);
        if (sequence !== undefined) await store.delete(sequence);
      }),
    all: () => read(connection, name, async (store) => readable(await store.getAll())),
    readable,
  };
};

const byInsertion = (a: Row, b: Row): number => (a.sequence ?? 0) - (b.sequence ?? 0);

const assertSameKey = (asked: RecordKey, given: RecordKey): void => {
  if (String(asked) === String(given)) return;
  throw new StorageError('INVALID', 'A change may not rename a stored record.');
};
