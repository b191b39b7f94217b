import type { Connection } from './connection';
import { read, write } from './transaction';
import type { VaultStore } from './vaultStore';

type Table = 'vault' | 'vaultKeys';

export const createVaultStore = (connection: Connection): VaultStore => {
  const get = (table: Table, key: string) =>
    read(connection, table, async (store): Promise<unknown> => store.get(key));

  const put = (key: string, value: object) =>
    write(connection, 'vault', async (store) => {
      await store.put(value, key);
    });

  const remove = (table: Table, key: string) => write(connection, table, (store) => store.delete(key));

  const insert = (table: Table, key: string, value: object) =>
    write(connection, table, async (store) => {
      if ((await store.getKey(key)) !== undefined) return false;
      await store.add(value, key);
      return true;
    });

  return {
    header: () => get('vault', 'header'),
    insertHeader: (record) => insert('vault', 'header', record),
    key: (id) => get('vaultKeys', id),
    insertKey: (id, record) => insert('vaultKeys', id, record),
    keyIds: () => read(connection, 'vaultKeys', (store) => store.getAllKeys()),
    removeKey: (id) => remove('vaultKeys', id),
    unlockKey: () => get('vault', 'unlockKey'),
    putUnlockKey: (key) => put('unlockKey', key),
    removeUnlockKey: () => remove('vault', 'unlockKey'),
    attempts: () => get('vault', 'attempts'),
    putAttempts: (record) => put('attempts', record),
    removeAttempts: () => remove('vault', 'attempts'),
  };
};
