import { countAttempt } from './attempts';
import type { Timer } from './autoLock';
import { isHeader, openHeader, parseHeader, sealHeader, type VaultHeader } from './header';
import type { KdfCost } from './kdf';
import { recallUnlock, rememberUnlock } from './unlocked';
import type { VaultDependencies } from './vault';
import { VaultError } from './vaultError';

/** The way to the data key: by the password, or by the unlocked state. */
export interface Access {
  /** The header, or undefined without a vault. Keys without a header are a damaged vault, not an empty one. */
  findHeader(): Promise<VaultHeader | undefined>;
  /** The data key of the present unlock, non-extractable; undefined when there is no vault or it is locked. */
  findDataKey(): Promise<CryptoKey | undefined>;
  /** As `findDataKey`, but throws NO_VAULT or LOCKED. */
  dataKey(): Promise<CryptoKey>;
  /** Tries a password against the header. Gives the data key, extractable. Every wrong one is counted. */
  open(password: string): Promise<{ header: VaultHeader; dataKey: CryptoKey }>;
  /** Stores the data key under a password in place of exactly this header. Throws VAULT_CHANGED. */
  rewrap(header: VaultHeader, dataKey: CryptoKey, password: string): Promise<VaultHeader>;
  /** Leaves the vault unlocked. */
  remember(header: VaultHeader, dataKey: CryptoKey): Promise<void>;
}

export const createAccess = (deps: VaultDependencies, cost: KdfCost, timer: Timer): Access => {
  const { store, now } = deps;

  const findHeader = async (): Promise<VaultHeader | undefined> => {
    const record = await store.header();
    if (record !== undefined) return parseHeader(record, cost);
    if ((await store.keys()).length > 0) throw new VaultError('DAMAGED');
    return undefined;
  };

  const requireHeader = async (): Promise<VaultHeader> => {
    const header = await findHeader();
    if (header === undefined) throw new VaultError('NO_VAULT');
    return header;
  };

  return {
    findHeader,
    findDataKey: async () => {
      const header = await findHeader();
      return header === undefined ? undefined : recallUnlock(deps, header, now());
    },
    dataKey: async () => {
      const key = await recallUnlock(deps, await requireHeader(), now());
      if (key === undefined) throw new VaultError('LOCKED');
      return key;
    },
    open: async (password) => {
      const header = await requireHeader();
      await countAttempt(store, now());
      const dataKey = await openHeader(header, password);
      await store.removeAttempts();
      return { header, dataKey };
    },
    rewrap: async (header, dataKey, password) => {
      const next = await sealHeader(dataKey, password, cost, header.createdAt);
      if (!(await store.replaceHeader(isHeader(header), next))) throw new VaultError('VAULT_CHANGED');
      return next;
    },
    remember: async (header, dataKey) => rememberUnlock(deps, header, dataKey, await timer.start()),
  };
};
