import 'fake-indexeddb/auto';
import { zeroHash } from 'viem';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sessionKey } from './sessionValue';
import { createRig, expectCode, password, type Rig } from './vault.fixtures';

const start = 1_700_000_000;

let rig: Rig;

beforeEach(async ({ task }) => {
  rig = await createRig(task.id);
  await rig.vault.create({ password });
  await rig.vault.createKey({ id: 'a', kind: 'session' });
});

afterEach(() => rig.close());

const at = (seconds: number) => {
  rig.clock.now = start + seconds;
};

describe('the deadline', () => {
  it('ends every use of a key 15 minutes after the unlock, whether or not somebody locks', async () => {
    const signer = await rig.vault.signer('a');
    expect(await rig.vault.autoLock.deadline()).toBe(start + 900);
    at(899);
    await signer.signDigest(zeroHash);
    expect(await rig.vault.status()).toBe('unlocked');
    at(900);
    expect(await rig.vault.status()).toBe('locked');
    await expectCode(signer.signDigest(zeroHash), 'LOCKED');
    await expectCode(rig.vault.createKey({ id: 'b', kind: 'session' }), 'LOCKED');
    await expectCode(rig.vault.exportBackup({ password }), 'LOCKED');
    await expectCode(rig.vault.autoLock.setMinutes(60), 'LOCKED');
    expect(await rig.restart().status()).toBe('locked');
  });

  it('deletes the unlocked state when it is over, and says so once', async () => {
    at(899);
    expect(await rig.vault.autoLock.lockIfDue()).toBe(false);
    at(900);
    expect(await rig.vault.status()).toBe('locked');
    expect(await rig.restart().autoLock.lockIfDue()).toBe(true);
    expect(rig.session.values.size).toBe(0);
    expect(await rig.store.unlockKey()).toBeUndefined();
    expect(await rig.vault.autoLock.lockIfDue()).toBe(false);
    expect(await rig.vault.autoLock.deadline()).toBeUndefined();
  });

  it('is moved by a touch, also of a new worker, and by nothing else', async () => {
    at(600);
    await (await rig.vault.signer('a')).signDigest(zeroHash);
    await rig.vault.autoLock.lockIfDue();
    expect(await rig.vault.autoLock.deadline()).toBe(start + 900);
    await rig.restart().autoLock.touch();
    expect(await rig.vault.autoLock.deadline()).toBe(start + 1_500);
    at(1_499);
    expect(await rig.restart().status()).toBe('unlocked');
    at(1_500);
    expect(await rig.restart().status()).toBe('locked');
  });

  it('is not moved once it is over, nor while locked', async () => {
    at(900);
    await rig.vault.autoLock.touch();
    expect(await rig.vault.status()).toBe('locked');
    await rig.vault.lock();
    await rig.vault.autoLock.touch();
    expect(rig.session.values.size).toBe(0);
    expect(await rig.vault.autoLock.deadline()).toBeUndefined();
  });

  it('starts anew with every unlock', async () => {
    at(5_000);
    await rig.vault.unlock({ password });
    expect(await rig.vault.autoLock.deadline()).toBe(start + 5_900);
    expect(await rig.vault.status()).toBe('unlocked');
  });

  it('is over when its record can not be read', async () => {
    await rig.session.set(sessionKey, '{}');
    expect(await rig.vault.autoLock.deadline()).toBeUndefined();
    await rig.vault.autoLock.touch();
    expect(await rig.vault.autoLock.lockIfDue()).toBe(true);
    expect(await rig.store.unlockKey()).toBeUndefined();
  });
});

describe('a clock that is set back', () => {
  it.each([6, 100, 1_000_000])('by %i seconds locks', async (seconds) => {
    at(-seconds);
    await rig.vault.autoLock.touch();
    expect(await rig.vault.status()).toBe('locked');
    expect(await rig.vault.autoLock.lockIfDue()).toBe(true);
  });

  it('is noticed from what the last check saw', async () => {
    at(600);
    await rig.vault.autoLock.lockIfDue();
    at(10);
    expect(await rig.restart().status()).toBe('locked');
  });

  it('by a small correction neither locks nor moves the deadline back', async () => {
    at(600);
    await rig.vault.autoLock.touch();
    at(595);
    expect(await rig.vault.autoLock.lockIfDue()).toBe(false);
    await rig.vault.autoLock.touch();
    expect(await rig.vault.autoLock.deadline()).toBe(start + 1_500);
    expect(await rig.vault.status()).toBe('unlocked');
  });
});

describe('the minutes', () => {
  it('are kept for good and hold from now on', async () => {
    expect(await rig.vault.autoLock.minutes()).toBe(15);
    at(300);
    await rig.vault.autoLock.setMinutes(5);
    expect(await rig.vault.autoLock.deadline()).toBe(start + 600);
    const next = rig.newBrowser();
    expect(await next.autoLock.minutes()).toBe(5);
    await next.unlock({ password });
    expect(await next.autoLock.deadline()).toBe(start + 600);
  });

  it.each([0, -1, 1.5, 1_441, Number.NaN, Number.POSITIVE_INFINITY])('are not %d', async (minutes) => {
    await expectCode(rig.vault.autoLock.setMinutes(minutes), 'INVALID_MINUTES');
    expect(await rig.vault.autoLock.minutes()).toBe(15);
  });

  it.each([1, 1_440])('may be %i', async (minutes) => {
    await rig.vault.autoLock.setMinutes(minutes);
    expect(await rig.vault.autoLock.deadline()).toBe(start + minutes * 60);
  });

  it('are 15 when what is stored can not be read', async () => {
    for (const record of [{ version: 1, minutes: 1e9 }, { version: 2, minutes: 60 }, { minutes: 60 }]) {
      await rig.store.putAutoLock(record);
      expect(await rig.vault.autoLock.minutes()).toBe(15);
    }
  });
});
