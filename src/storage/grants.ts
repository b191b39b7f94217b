import type { Connection } from './connection';
import { createRecordTable } from './recordTable';
import { grantSchema } from './schemas/grant';
import type { GrantTable } from './storage';
import { read } from './transaction';

export const createGrantTable = (connection: Connection): GrantTable => {
  const table = createRecordTable({
    connection,
    name: 'grants',
    noun: 'session',
    schema: grantSchema,
    keyOf: (grant) => grant.grantId,
  });

  return {
    get: table.get,
    put: table.put,
    all: table.all,
    remove: table.remove,
    update: table.update,
    ofOrigin: (origin) =>
      read(connection, 'grants', async (store) => table.readable(await store.index('origin').getAll(origin))),
  };
};
