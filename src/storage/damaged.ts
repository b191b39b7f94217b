import type { Connection } from './connection';
import { type RecordKind, tryRecord } from './row';
import { connectionSchema, grantSchema, ledgerSchema } from './schemas/grant';
import { requestSchema } from './schemas/request';
import type { DamagedRecord } from './storage';
import { read } from './transaction';

const schemas = {
  requests: requestSchema,
  grants: grantSchema,
  ledger: ledgerSchema,
  connections: connectionSchema,
};

const tables = ['requests', 'grants', 'ledger', 'connections'] as const;

/** The stored records that can't be read, by table. */
export const findDamaged = async (connection: Connection): Promise<readonly DamagedRecord[]> => {
  const found = await Promise.all(tables.map((table) => damagedOf(connection, table)));
  return found.flat();
};

const damagedOf = (connection: Connection, table: (typeof tables)[number]): Promise<DamagedRecord[]> =>
  read(connection, table, async (store) => {
    const kind: RecordKind<unknown> = { noun: table, schema: schemas[table] };
    const damaged: DamagedRecord[] = [];
    let cursor = await store.index('key').openCursor();
    while (cursor !== null) {
      if (tryRecord(kind, cursor.value) === undefined) damaged.push({ table, key: String(cursor.key) });
      cursor = await cursor.continue();
    }
    return damaged;
  });
