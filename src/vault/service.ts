import { countAttempt } from './attempts';
import { createHeader, openHeader, parseHeader, type VaultHeader } from './header';
import { type KdfCost, kdfCost } from './kdf';
import { createKeyring } from './keyring';
import { passwordStrength } from './password';
import { createQueue } from './queue';
import { forgetUnlock, recallUnlock, rememberUnlock } from './unlocked';
import type { Vault, VaultDependencies, VaultStatus } from './vault';
import { VaultError } from './vaultError';

/** The vault with a chosen KDF cost; the door gives it with the one cost that is safe. */
export const createVault = (deps: VaultDependencies, cost: KdfCost = kdfCost): Vault => {
  const { store, now } = deps;
  const inTurn = createQueue();

  /** The header, or undefined without a vault. Keys without a header are a damaged vault, not an empty one. */
  const findHeader = async (): Promise<VaultHeader | undefined> => {
    const record = await store.header();
    if (record !== undefined) return parseHeader(record, cost);
    if ((await store.keyIds()).length > 0) throw new VaultError('DAMAGED');
    return undefined;
  };

  const status = async (): Promise<VaultStatus> => {
    const header = await findHeader();
    if (header === undefined) return 'none';
    return (await recallUnlock(deps, header)) === undefined ? 'locked' : 'unlocked';
  };

  const create = async (password: string): Promise<void> => {
    if (!passwordStrength(password).ok) throw new VaultError('WEAK_PASSWORD');
    if ((await findHeader()) !== undefined) throw new VaultError('VAULT_EXISTS');
    const { header, dataKey } = await createHeader(password, cost, now());
    if (!(await store.insertHeader(header))) throw new VaultError('VAULT_EXISTS');
    await store.removeAttempts();
    await rememberUnlock(deps, header, dataKey);
  };

  const unlock = async (password: string): Promise<void> => {
    const header = await findHeader();
    if (header === undefined) throw new VaultError('NO_VAULT');
    await countAttempt(store, now());
    const dataKey = await openHeader(header, password);
    await store.removeAttempts();
    await rememberUnlock(deps, header, dataKey);
  };

  const dataKey = async (): Promise<CryptoKey> => {
    const header = await findHeader();
    if (header === undefined) throw new VaultError('NO_VAULT');
    const key = await recallUnlock(deps, header);
    if (key === undefined) throw new VaultError('LOCKED');
    return key;
  };

  return {
    status: () => inTurn(status),
    create: ({ password }) => inTurn(() => create(password)),
    unlock: ({ password }) => inTurn(() => unlock(password)),
    lock: () => inTurn(() => forgetUnlock(deps)),
    ...createKeyring({ store, dataKey, inTurn }),
  };
};
