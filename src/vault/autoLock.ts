import * as v from 'valibot';
import { isDue, latest, type Times } from './deadline';
import { readSession, writeSession } from './sessionValue';
import { forgetUnlock } from './unlocked';
import type { AutoLock, VaultDependencies } from './vault';
import { VaultError } from './vaultError';

const defaultMinutes = 15;
const longestMinutes = 24 * 60;

const minutesField = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(longestMinutes));
const settingSchema = v.fallback(v.strictObject({ version: v.literal(1), minutes: minutesField }), {
  version: 1,
  minutes: defaultMinutes,
});

/** Locking by itself. Its calls take no turn: the caller gives them one. */
export interface Timer extends AutoLock {
  /** Times of an unlock that starts now. */
  start(): Promise<Times>;
}

/**
 * The deadline lies beside the unlocked state in the session area: both outlive the worker, both end with the browser,
 * and an unlocked state without a deadline can't be read.
 */
export const createAutoLock = (deps: VaultDependencies): Timer => {
  const { store, session, now } = deps;

  const minutes = async (): Promise<number> => v.parse(settingSchema, await store.autoLock()).minutes;

  const timesFrom = async (seenAt: number): Promise<Times> => ({
    deadline: seenAt + (await minutes()) * 60,
    seenAt,
  });

  const touch = async (): Promise<void> => {
    const value = await readSession(session);
    if (value === undefined || value === 'damaged' || isDue(value, now())) return;
    await writeSession(session, { ...value, ...(await timesFrom(latest(value, now()))) });
  };

  const lockIfDue = async (): Promise<boolean> => {
    const value = await readSession(session);
    if (value === undefined) return false;
    if (value === 'damaged' || isDue(value, now())) {
      await forgetUnlock(deps);
      return true;
    }
    if (now() > value.seenAt) await writeSession(session, { ...value, seenAt: now() });
    return false;
  };

  return {
    minutes,
    start: () => timesFrom(now()),
    touch,
    lockIfDue,
    deadline: async () => {
      const value = await readSession(session);
      return value === undefined || value === 'damaged' ? undefined : value.deadline;
    },
    setMinutes: async (next) => {
      if (!v.is(minutesField, next)) throw new VaultError('INVALID_MINUTES');
      await store.putAutoLock({ version: 1, minutes: next });
      await touch();
    },
  };
};
