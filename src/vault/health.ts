import type { VaultStore } from '../storage/vaultStore';
import type { Access } from './access';
import { parseKeyRecord, provenAddress } from './keyRecord';
import type { VaultHealth } from './vault';
import { unlessDamaged, VaultError } from './vaultError';

/** What of the vault can be read, from reading alone. While unlocked, every key is proven. */
export const inspectVault = async (access: Access, store: VaultStore): Promise<VaultHealth> => {
  const header = await headerHealth(access, store);
  const dataKey = header === 'intact' ? await access.findDataKey() : undefined;
  const workingKeys: string[] = [];
  const damagedKeys: string[] = [];
  for (const { id, record } of await store.keys()) {
    const works = await unlessDamaged(async () => {
      const parsed = await parseKeyRecord(id, record);
      if (dataKey !== undefined) await provenAddress(parsed, dataKey);
      return true;
    });
    if (works === undefined) damagedKeys.push(id);
    else if (header === 'intact') workingKeys.push(id);
  }
  return { header, workingKeys, damagedKeys };
};

const headerHealth = async (access: Access, store: VaultStore): Promise<VaultHealth['header']> => {
  const found = await unlessDamaged(async () =>
    (await access.findHeader()) === undefined ? 'none' : 'intact',
  );
  if (found !== undefined) return found;
  return (await store.header()) === undefined ? 'missing' : 'damaged';
};

/** Runs work; a DAMAGED that comes out of it says what is damaged and what still works. */
export const describingDamage = async <T>(
  work: () => Promise<T>,
  inspect: () => Promise<VaultHealth>,
): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof VaultError) || error.code !== 'DAMAGED') throw error;
    throw new VaultError('DAMAGED', { cause: error, damage: await inspect() });
  }
};
