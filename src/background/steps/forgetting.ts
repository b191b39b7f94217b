import type { Storage } from '../../storage/index';
import type { DamagedRecord } from '../../storage/storage';

/** Removes a record that can't be read. Counters are named by their grant and its chain. */
const removeDamaged = (storage: Storage, { table, key }: DamagedRecord): Promise<void> =>
  table === 'ledger' ? storage.ledger.remove(key.slice(0, key.lastIndexOf(','))) : storage[table].remove(key);

/** Forgets every permission and connection, and whatever can't be read. */
export const createForgetAll =
  ({ storage, onForgotten }: { storage: Storage; onForgotten: (origin: string) => void }) =>
  async (): Promise<void> => {
    const { grants, ledger, connections } = storage;
    for (const { grantId } of await grants.all()) {
      await grants.remove(grantId);
      await ledger.remove(grantId);
    }
    for (const { origin } of await connections.all()) {
      await connections.remove(origin);
      onForgotten(origin);
    }
    for (const damaged of await storage.damaged()) await removeDamaged(storage, damaged);
  };
