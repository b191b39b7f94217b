import type { Connection } from './connection';
import { read, write, writeAll } from './transaction';
import type { StoredKey, VaultStore } from './vaultStore';

type Table = 'vault' | 'vaultKeys';
type Expected = (stored: unknown) => boolean;

export const createVaultStore = (connection: Connection): VaultStore => {
  const get = (table: Table, key: string) =>
    read(connection, table, async (store): Promise<unknown> => store.get(key));

  const put = (key: string, value: object) =>
    write(connection, 'vault', async (store) => {
      await store.put(value, key);
    });

  const remove = (table: Table, key: string) => write(connection, table, (store) => store.delete(key));

  const replace = (table: Table, key: string, isExpected: Expected, value: object) =>
    write(connection, table, async (store) => {
      if (!isExpected(await store.get(key))) return false;
      await store.put(value, key);
      return true;
    });

  return {
    header: () => get('vault', 'header'),
    insertVault: (header, keys) => insertVault(connection, header, keys),
    replaceHeader: (isExpected, record) => replace('vault', 'header', isExpected, record),
    key: (id) => get('vaultKeys', id),
    keys: () => allKeys(connection),
    insertKey: (id, record) => insertKey(connection, id, record),
    replaceKey: (id, isExpected, record) => replace('vaultKeys', id, isExpected, record),
    removeKey: (id) => remove('vaultKeys', id),
    unlockKey: () => get('vault', 'unlockKey'),
    putUnlockKey: (key) => put('unlockKey', key),
    removeUnlockKey: () => remove('vault', 'unlockKey'),
    attempts: () => get('vault', 'attempts'),
    putAttempts: (record) => put('attempts', record),
    removeAttempts: () => remove('vault', 'attempts'),
    autoLock: () => get('vault', 'autoLock'),
    putAutoLock: (record) => put('autoLock', record),
    clear: () =>
      writeAll(connection, ['vault', 'vaultKeys'], async (transaction) => {
        await transaction.objectStore('vault').clear();
        await transaction.objectStore('vaultKeys').clear();
      }),
  };
};

const insertVault: (
  connection: Connection,
  ...input: Parameters<VaultStore['insertVault']>
) => Promise<boolean> = (connection, header, keys) =>
  writeAll(connection, ['vault', 'vaultKeys'], async (transaction) => {
    const [vault, vaultKeys] = [transaction.objectStore('vault'), transaction.objectStore('vaultKeys')];
    if ((await vault.getKey('header')) !== undefined || (await vaultKeys.count()) > 0) return false;
    await vault.add(header, 'header');
    for (const { id, record } of keys) await vaultKeys.add(record, id);
    return true;
  });

const insertKey = (connection: Connection, id: string, record: object) =>
  write(connection, 'vaultKeys', async (store) => {
    if ((await store.getKey(id)) !== undefined) return false;
    await store.add(record, id);
    return true;
  });

const allKeys = (connection: Connection) =>
  read(connection, 'vaultKeys', async (store) => {
    const found: StoredKey[] = [];
    let cursor = await store.openCursor();
    while (cursor !== null) {
      found.push({ id: String(cursor.key), record: cursor.value });
      cursor = await cursor.continue();
    }
    return found;
  });
