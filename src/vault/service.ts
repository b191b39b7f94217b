import { passwordStrength } from '../rpc/password/strength';
import { createAccess } from './access';
import { createAutoLock } from './autoLock';
import { createBackups } from './backups';
import { createHeader } from './header';
import { describingDamage, inspectVault } from './health';
import { type KdfCost, kdfCost } from './kdf';
import { createKeyring } from './keyring';
import { createQueue, type Queue } from './queue';
import { forgetUnlock } from './unlocked';
import { upgradeHeader, upgradeKeys } from './upgrade';
import type { BackupInput, ResetConfirmation, Vault, VaultDependencies, VaultStatus } from './vault';
import { VaultError } from './vaultError';

const resetConfirmation: ResetConfirmation = 'delete all keys';

/** The vault with a chosen KDF cost; the door gives it with the one cost that is safe. */
export const createVault = (deps: VaultDependencies, cost: KdfCost = kdfCost): Vault => {
  const { store, now } = deps;
  const timer = createAutoLock(deps);
  const access = createAccess(deps, cost, timer);
  const backups = createBackups({ access, store, cost, now });
  const queue = createQueue();
  const inspect = () => inspectVault(access, store);
  const inTurn: Queue = (work) => queue(() => describingDamage(work, inspect));

  const status = async (): Promise<VaultStatus> => {
    if ((await access.findHeader()) === undefined) return 'none';
    return (await access.findDataKey()) === undefined ? 'locked' : 'unlocked';
  };

  const create = async (password: string): Promise<void> => {
    assertStrong(password);
    if ((await access.findHeader()) !== undefined) throw new VaultError('VAULT_EXISTS');
    const { header, dataKey } = await createHeader(password, cost, now());
    if (!(await store.insertVault(header, []))) throw new VaultError('VAULT_EXISTS');
    await store.removeAttempts();
    await access.remember(header, dataKey);
  };

  const unlock = async (password: string): Promise<void> => {
    const { header, dataKey } = await access.open(password);
    const upgraded = await upgradeHeader(access, cost, header, dataKey, password);
    await upgradeKeys(store, dataKey);
    await access.remember(upgraded, dataKey);
  };

  const changePassword = async (password: string, newPassword: string): Promise<void> => {
    assertStrong(newPassword);
    await access.dataKey();
    const { header, dataKey } = await access.open(password);
    await access.remember(await access.rewrap(header, dataKey, newPassword), dataKey);
  };

  /** The payload is restored between two turns, so that whoever restores it may use the vault. */
  const importBackup = async (input: BackupInput) => {
    const { text, password, newPassword = password } = input;
    const restored = await inTurn(() => backups.read(text, password, newPassword));
    await input.restorePayload?.(restored.payload);
    await inTurn(() => backups.store(restored));
    return { createdAt: restored.createdAt, keyIds: restored.keys.map(({ id }) => id) };
  };

  const reset = async (confirm: string): Promise<void> => {
    if (confirm !== resetConfirmation) throw new VaultError('NOT_CONFIRMED');
    try {
      await forgetUnlock(deps);
    } finally {
      await store.clear();
    }
  };

  const setMinutes = async (minutes: number): Promise<void> => {
    await access.dataKey();
    await timer.setMinutes(minutes);
  };

  return {
    status: () => inTurn(status),
    inspect: () => inTurn(inspect),
    create: ({ password }) => inTurn(() => create(password)),
    unlock: ({ password }) => inTurn(() => unlock(password)),
    lock: () => inTurn(() => forgetUnlock(deps)),
    autoLock: {
      deadline: () => inTurn(timer.deadline),
      touch: () => inTurn(timer.touch),
      lockIfDue: () => inTurn(timer.lockIfDue),
      minutes: () => inTurn(timer.minutes),
      setMinutes: (minutes) => inTurn(() => setMinutes(minutes)),
    },
    changePassword: ({ password, newPassword }) => inTurn(() => changePassword(password, newPassword)),
    exportBackup: ({ password, payload = '' }) => inTurn(() => backups.write(password, payload)),
    importBackup,
    reset: ({ confirm }) => inTurn(() => reset(confirm)),
    ...createKeyring({ store, dataKey: access.dataKey, inTurn }),
  };
};

const assertStrong = (password: string): void => {
  if (!passwordStrength(password).ok) throw new VaultError('WEAK_PASSWORD');
};
