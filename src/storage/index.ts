import { createConnection } from './connection';
import { createConnectionTable } from './connections';
import { findDamaged } from './damaged';
import { createGrantTable } from './grants';
import { createLedgerTable } from './ledger';
import { createRequestTable } from './requests';
import { createSettingsTable } from './settings';
import type { Storage } from './storage';
import { createVaultStore } from './vaultTables';

export type { Storage } from './storage';
export { StorageError } from './storageError';

/**
 * Opens the local database, creating or upgrading it when needed. Throws BLOCKED after 5 seconds when another window
 * keeps an older version open, and NEWER_VERSION when a newer Latchkey has written it. A failed open may be tried again.
 * When the connection is lost later, the next call opens it again.
 */
export const openStorage = async (options: { name?: string } = {}): Promise<Storage> => {
  const connection = createConnection({ name: options.name ?? 'latchkey' });
  await connection.use(async () => undefined);
  return {
    requests: createRequestTable(connection),
    grants: createGrantTable(connection),
    ledger: createLedgerTable(connection),
    connections: createConnectionTable(connection),
    settings: createSettingsTable(connection),
    vault: createVaultStore(connection),
    damaged: () => findDamaged(connection),
    close: connection.close,
  };
};
