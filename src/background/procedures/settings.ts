import type { Vault } from '../../vault/index';
import { locked } from '../sessions/denials';
import type { SettingsStore } from '../settings';
import type { Locking } from '../steps/locking';
import type { Procedure } from './procedure';

type Parts = {
  settings: SettingsStore;
  autoLock: Vault['autoLock'];
  isUnlocked: () => Promise<boolean>;
};

/** The settings, the node's API key among them; the time to the lock is kept by the vault. */
export const createGetSettings =
  ({ settings, autoLock, isUnlocked }: Parts): Procedure<'getSettings'> =>
  async () => {
    if (!(await isUnlocked())) throw locked();
    return { ...(await settings.forPerson()), autoLockMinutes: await autoLock.minutes() };
  };

/**
 * Saves the settings. Mark and time to the lock change only when they are named; the vault must be open for the latter.
 */
export const createSaveSettings =
  (parts: Parts & { locking: Pick<Locking, 'touch'>; onChange: () => void }): Procedure<'saveSettings'> =>
  async ({ autoLockMinutes, ...next }) => {
    const { settings, autoLock, locking, onChange, isUnlocked } = parts;
    if (!(await isUnlocked())) throw locked();
    if (autoLockMinutes !== undefined && autoLockMinutes !== (await autoLock.minutes())) {
      await autoLock.setMinutes(autoLockMinutes);
      await locking.touch();
    }
    const { mark = (await settings.forPerson()).mark } = next;
    const saved = await settings.save(mark === undefined ? next : { ...next, mark });
    onChange();
    return { ...saved, autoLockMinutes: await autoLock.minutes() };
  };
