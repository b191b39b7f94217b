import type { VaultStore } from '../storage/vaultStore';
import type { Access } from './access';
import type { VaultHeader } from './header';
import type { KdfCost } from './kdf';
import { isKeyRecord, parseKeyRecord, resealKey } from './keyRecord';
import { unlessDamaged } from './vaultError';

/** The header with at least the present cost of the KDF: one that is cheaper is made anew under the same password. */
export const upgradeHeader = async (
  access: Access,
  cost: KdfCost,
  header: VaultHeader,
  dataKey: CryptoKey,
  password: string,
): Promise<VaultHeader> =>
  header.kdf.iterations < cost.iterations ? access.rewrap(header, dataKey, password) : header;

/**
 * Brings key records of older versions to the newest, one by one. Both versions can be read, so that it may end halfway.
 * A damaged record is left as it is.
 */
export const upgradeKeys = async (store: VaultStore, dataKey: CryptoKey): Promise<void> => {
  for (const { id, record } of await store.keys()) {
    const old = await unlessDamaged(() => parseKeyRecord(id, record));
    if (old === undefined || old.version === 2) continue;
    const next = await unlessDamaged(() => resealKey(old, dataKey, dataKey));
    if (next !== undefined) await store.replaceKey(id, isKeyRecord(old), next);
  }
};
