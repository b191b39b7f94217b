import type { RequestState } from '../rpc/dapp/methods';
import type { Connection } from './connection';
import type { RequestRecord } from './records';
import { createRecordTable } from './recordTable';
import { recordOf, toRow } from './row';
import { requestSchema } from './schemas/request';
import type { RequestTable } from './storage';
import { read, write } from './transaction';

const name = 'requests';
const kind = { noun: 'request', schema: requestSchema };

export const createRequestTable = (connection: Connection): RequestTable => {
  const table = createRecordTable({ ...kind, connection, name, keyOf: (record) => record.id });

  return {
    get: table.get,
    put: table.put,
    remove: table.remove,
    find: (origin, requestId) =>
      read(connection, name, async (store) => {
        const row = await store.index('dappRequest').get([origin, requestId]);
        return row === undefined ? undefined : recordOf(kind, row);
      }),
    update: table.update,
    insert: (record) => insert(connection, record),
    inStates: (states) => inStates(connection, states).then(table.readable),
    ofOrigin: (origin) =>
      read(connection, name, async (store) => table.readable(await store.index('origin').getAll(origin))),
  };
};

const insert = (connection: Connection, record: RequestRecord) =>
  write(connection, name, async (store) => {
    const row = await store.index('dappRequest').get([record.origin, record.requestId]);
    if (row !== undefined) return { record: recordOf(kind, row), inserted: false };
    await store.add(toRow(kind, record));
    return { record, inserted: true };
  });

const inStates = (connection: Connection, states: readonly RequestState[]) =>
  read(connection, name, async (store) => {
    const groups = await Promise.all([...new Set(states)].map((state) => store.index('state').getAll(state)));
    return groups.flat();
  });
