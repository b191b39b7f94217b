import type { IDBPTransaction, StoreNames } from 'idb';
import type { Connection } from './connection';
import type { Schema } from './schema';

type TableName = StoreNames<Schema>;
type Reading<Name extends TableName> = IDBPTransaction<Schema, [Name], 'readonly'>['store'];
type WritingTransaction<Names extends TableName[]> = IDBPTransaction<Schema, Names, 'readwrite'>;
export type Writing<Name extends TableName> = WritingTransaction<[Name]>['store'];

/** Runs `work` in one read-only transaction over one table. */
export const read = <Name extends TableName, T>(
  connection: Connection,
  name: Name,
  work: (store: Reading<Name>) => Promise<T>,
): Promise<T> => connection.use((database) => work(database.transaction(name, 'readonly').store));

/** As `writeAll`, over one table. */
export const write = <Name extends TableName, T>(
  connection: Connection,
  name: Name,
  work: (store: Writing<Name>) => Promise<T>,
): Promise<T> => writeAll<[Name], T>(connection, [name], ({ store }) => work(store));

/**
 * Runs `work` in one transaction over some tables and resolves once it is on disk. When `work` throws, nothing is
 * written and its error comes out.
 */
export const writeAll = <Names extends TableName[], T>(
  connection: Connection,
  names: Names,
  work: (transaction: WritingTransaction<Names>) => Promise<T>,
): Promise<T> =>
  connection.use(async (database) => {
    const transaction = database.transaction(names, 'readwrite', { durability: 'strict' });
    const ended = transaction.done.then(
      () => ({ ok: true as const }),
      (error: unknown) => ({ ok: false as const, error }),
    );
    let result: T;
    try {
      result = await work(transaction);
    } catch (error) {
      abort(transaction);
      await ended;
      throw error;
    }
    const outcome = await ended;
    if (!outcome.ok) throw outcome.error;
    return result;
  });

const abort = (transaction: { abort(): void }): void => {
  try {
    transaction.abort();
  } catch {
    // A failed request has ended it already.
  }
};
