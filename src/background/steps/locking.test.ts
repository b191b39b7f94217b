import { describe, expect, it } from 'vitest';
import { createLocking } from './locking';

const lockingWith = (deadline: number | undefined, due: boolean) => {
  const seen: unknown[] = [];
  const locking = createLocking({
    autoLock: {
      deadline: async () => deadline,
      touch: async () => void seen.push('touch'),
      lockIfDue: async () => due,
      minutes: async () => 15,
      setMinutes: async () => undefined,
    },
    approvals: {
      rejectAll: async (why) => {
        seen.push(`reject ${why}`);
        return [];
      },
    },
    setLockAlarm: async (at) => void seen.push(at),
    onChange: () => seen.push('changed'),
  });
  return { locking, seen };
};

describe('locking by time', () => {
  it('rejects what waits and takes the alarm away once the time is over', async () => {
    const { locking, seen } = lockingWith(undefined, true);
    await locking.check();
    expect(seen).toEqual(['reject locked', undefined, 'changed']);
  });

  it('leaves everything alone before that', async () => {
    const { locking, seen } = lockingWith(2_000, false);
    await locking.check();
    expect(seen).toEqual([]);
  });

  it('is put off by what the person does, and the alarm with it', async () => {
    const { locking, seen } = lockingWith(2_000, false);
    await locking.touch();
    expect(seen).toEqual(['touch', 2_000]);
  });
});
