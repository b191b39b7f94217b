import { passwordStrength } from '../rpc/password/strength';
import type { VaultStore } from '../storage/vaultStore';
import type { Access } from './access';
import { type BackupContent, openBackup, readBackup, writeBackup } from './backupFile';
import { createHeader, openHeader, type VaultHeader } from './header';
import type { KdfCost } from './kdf';
import { type KeyRecord, parseKeyRecord, resealKey } from './keyRecord';
import { unlessDamaged, VaultError } from './vaultError';

interface BackupDependencies {
  access: Access;
  store: VaultStore;
  cost: KdfCost;
  now: () => number;
}

/** A vault made from a backup, not stored yet. */
interface Restored extends BackupContent {
  header: VaultHeader;
  dataKey: CryptoKey;
  /** When the backup was made. */
  createdAt: number;
}

/** Backups are vaults of their own: with their own data key, so that an old one never opens the vault in use. */
export const createBackups = ({ access, store, cost, now }: BackupDependencies) => {
  /** The keys under another data key, and the ids of those that are damaged. */
  const resealAll = async (dataKey: CryptoKey, nextDataKey: CryptoKey) => {
    const keys: KeyRecord[] = [];
    const damagedKeys: string[] = [];
    for (const { id, record } of await store.keys()) {
      const next = await unlessDamaged(async () =>
        resealKey(await parseKeyRecord(id, record), dataKey, nextDataKey),
      );
      if (next === undefined) damagedKeys.push(id);
      else keys.push(next);
    }
    return { keys, damagedKeys };
  };

  return {
    write: async (password: string, payload: string) => {
      const dataKey = await access.dataKey();
      await access.open(password);
      const own = await createHeader(password, cost, now());
      const { keys, damagedKeys } = await resealAll(dataKey, own.dataKey);
      return { text: await writeBackup(own.header, own.dataKey, { keys, payload }), damagedKeys };
    },

    /** Reads and proves everything of a backup and writes nothing. */
    read: async (text: string, password: string, newPassword: string): Promise<Restored> => {
      if ((await access.findHeader()) !== undefined) throw new VaultError('VAULT_EXISTS');
      const backup = await readBackup(text, cost);
      const backupKey = await openHeader(backup.header, password);
      if (!passwordStrength(newPassword).ok) throw new VaultError('WEAK_PASSWORD');
      const next = await createHeader(newPassword, cost, now());
      const content = await openBackup(backup, backupKey, next.dataKey);
      return { ...next, ...content, createdAt: backup.header.createdAt };
    },

    store: async ({ header, dataKey, keys }: Restored): Promise<void> => {
      const records = keys.map((record) => ({ id: record.id, record }));
      if (!(await store.insertVault(header, records))) throw new VaultError('VAULT_EXISTS');
      await store.removeAttempts();
      await access.remember(header, dataKey);
    },
  };
};
