import type { Connection } from './connection';
import { createRecordTable } from './recordTable';
import { ledgerSchema } from './schemas/grant';
import type { LedgerTable } from './storage';
import { write } from './transaction';

export const createLedgerTable = (connection: Connection): LedgerTable => {
  const table = createRecordTable({
    connection,
    name: 'ledger',
    noun: 'usage record',
    schema: ledgerSchema,
    keyOf: (record) => [record.grantId, record.chainId],
  });

  return {
    get: (grantId, chainId) => table.get([grantId, chainId]),
    put: table.put,
    update: (grantId, chainId, change) => table.write([grantId, chainId], change),
    remove: (grantId) =>
      write(connection, 'ledger', async (store) => {
        const sequences = await store.index('grant').getAllKeys(grantId);
        await Promise.all(sequences.map((sequence) => store.delete(sequence)));
      }),
  };
};
