import type { Connection } from './connection';
import { createRecordTable } from './recordTable';
import { connectionSchema } from './schemas/grant';
import type { ConnectionTable } from './storage';

export const createConnectionTable = (connection: Connection): ConnectionTable => {
  const { get, put, remove, all } = createRecordTable({
    connection,
    name: 'connections',
    noun: 'connected site',
    schema: connectionSchema,
    keyOf: (record) => record.origin,
  });
  return { get, put, remove, all };
};
