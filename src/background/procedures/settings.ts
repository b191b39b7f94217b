import type { Vault } from '../../vault/index';
import type { SettingsStore } from '../settings';
import type { Locking } from '../steps/locking';
import type { Procedure } from './procedure';

type Parts = { settings: SettingsStore; autoLock: Vault['autoLock'] };

/** The settings; the time to the lock is kept by the vault. */
export const createGetSettings =
  ({ settings, autoLock }: Parts): Procedure<'getSettings'> =>
  async () => ({ ...(await settings.get()), autoLockMinutes: await autoLock.minutes() });

/** Saves the settings. The time to the lock changes only when it is named; the vault must be open for that. */
export const createSaveSettings =
  (parts: Parts & { locking: Pick<Locking, 'touch'>; onChange: () => void }): Procedure<'saveSettings'> =>
  async ({ autoLockMinutes, ...next }) => {
    const { settings, autoLock, locking, onChange } = parts;
    if (autoLockMinutes !== undefined && autoLockMinutes !== (await autoLock.minutes())) {
      await autoLock.setMinutes(autoLockMinutes);
      await locking.touch();
    }
    const saved = await settings.save(next);
    onChange();
    return { ...saved, autoLockMinutes: await autoLock.minutes() };
  };
