import * as v from 'valibot';
import type { VaultStore } from '../storage/vaultStore';
import { secondsField } from './fields';
import { VaultError } from './vaultError';

const freeAttempts = 5;
const firstDelay = 5;
const longestDelay = 300;

const nothing = { version: 1 as const, failures: 0, lastAt: 0 };

const attemptsSchema = v.fallback(
  v.object({
    version: v.literal(1),
    failures: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    lastAt: secondsField,
  }),
  nothing,
);

/** Seconds that must pass after so many wrong passwords in a row. */
export const delayAfter = (failures: number): number =>
  failures < freeAttempts ? 0 : Math.min(firstDelay * 2 ** (failures - freeAttempts), longestDelay);

/**
 * Counts an attempt before the password is tried, so that ending the worker halfway doesn't give a free one. Throws
 * TOO_MANY_ATTEMPTS, without counting, while the delay runs. A clock that was set back never makes the wait longer.
 */
export const countAttempt = async (store: VaultStore, now: number): Promise<void> => {
  const { failures, lastAt } = v.parse(attemptsSchema, await store.attempts());
  const delay = delayAfter(failures);
  const waitSeconds = Math.min(delay, lastAt + delay - now);
  if (waitSeconds > 0) throw new VaultError('TOO_MANY_ATTEMPTS', { waitSeconds });
  await store.putAttempts({ version: 1, failures: failures + 1, lastAt: now });
};
