import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { delayAfter } from './attempts';
import { createRig, password, type Rig } from './vault.fixtures';

let rig: Rig;

beforeEach(async ({ task }) => {
  rig = await createRig(task.id);
  await rig.vault.create({ password });
  await rig.vault.lock();
});

afterEach(() => rig.close());

const wrong = () => rig.vault.unlock({ password: 'not the right password' });

const failTimes = async (times: number) => {
  for (let n = 0; n < times; n += 1) await expect(wrong()).rejects.toMatchObject({ code: 'WRONG_PASSWORD' });
};

describe('wrong passwords', () => {
  it('cost more and more time, up to five minutes', () => {
    expect([0, 4, 5, 6, 7, 10, 11, 12, 1000].map(delayAfter)).toEqual([0, 0, 5, 10, 20, 160, 300, 300, 300]);
  });

  it('make everybody wait after five, also the right password and a new worker', async () => {
    await failTimes(5);
    for (const vault of [rig.vault, rig.restart()]) {
      await expect(vault.unlock({ password })).rejects.toMatchObject({
        code: 'TOO_MANY_ATTEMPTS',
        waitSeconds: 5,
      });
    }
    rig.clock.now += 4;
    await expect(wrong()).rejects.toMatchObject({ code: 'TOO_MANY_ATTEMPTS', waitSeconds: 1 });
    rig.clock.now += 1;
    await failTimes(1);
    await expect(wrong()).rejects.toMatchObject({ waitSeconds: 10 });
  });

  it('are forgotten after the right one', async () => {
    await failTimes(4);
    await rig.vault.unlock({ password });
    await failTimes(4);
    await rig.vault.unlock({ password });
    expect(await rig.store.attempts()).toBeUndefined();
  });

  it('never make the wait longer when the clock is set back', async () => {
    await failTimes(5);
    rig.clock.now -= 1_000_000;
    await expect(wrong()).rejects.toMatchObject({ waitSeconds: 5 });
  });

  it('do not lock the person out when their count is damaged', async () => {
    await rig.store.putAttempts({ version: 1, failures: 'many', lastAt: 0 });
    await rig.vault.unlock({ password });
    expect(await rig.vault.status()).toBe('unlocked');
  });

  it('are counted even if the worker ends while one is tried', async () => {
    const stopped = wrong().catch(() => undefined);
    await expect.poll(() => rig.store.attempts(), { interval: 1 }).toMatchObject({ failures: 1 });
    await stopped;
  });
});
