import 'fake-indexeddb/auto';
import { zeroHash } from 'viem';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVault } from './service';
import { cheap, createRig, expectCode, password, type Rig } from './vault.fixtures';

let rig: Rig;

beforeEach(async ({ task }) => {
  rig = await createRig(task.id);
  await rig.vault.create({ password });
  await rig.vault.createKey({ id: 'a', kind: 'session' });
});

afterEach(() => rig.close());

const confirm = 'delete all keys';

const left = async () => [
  await rig.store.header(),
  await rig.store.keys(),
  await rig.store.unlockKey(),
  await rig.store.attempts(),
  await rig.store.autoLock(),
  rig.session.values.size,
];

const nothing = [undefined, [], undefined, undefined, undefined, 0];

describe('a reset', () => {
  it('deletes everything, and the next vault has nothing of it', async () => {
    await rig.vault.autoLock.setMinutes(60);
    const signer = await rig.vault.signer('a');
    await expectCode(rig.vault.unlock({ password: 'not the right password' }), 'WRONG_PASSWORD');
    await rig.vault.reset({ confirm });
    expect(await left()).toEqual(nothing);
    await expectCode(signer.signDigest(zeroHash), 'NO_VAULT');
    await rig.vault.create({ password: 'nine violet tractors hum' });
    await expectCode(signer.signDigest(zeroHash), 'UNKNOWN_KEY');
    expect(await rig.vault.autoLock.minutes()).toBe(15);
    await expectCode(rig.vault.unlock({ password }), 'WRONG_PASSWORD');
  });

  it('does nothing unless it is confirmed in so many words', async () => {
    const before = await left();
    for (const word of ['', 'yes', 'Delete all keys', 'delete all keys ']) {
      const input: { confirm: typeof confirm } = JSON.parse(JSON.stringify({ confirm: word }));
      await expectCode(rig.vault.reset(input), 'NOT_CONFIRMED');
    }
    expect(await left()).toEqual(before);
  });

  it('needs no password and no readable vault', async () => {
    await rig.vault.lock();
    await rig.store.replaceHeader(() => true, { version: 'torn' });
    await expectCode(rig.vault.status(), 'DAMAGED');
    await rig.vault.reset({ confirm });
    expect(await rig.vault.status()).toBe('none');
    expect(await left()).toEqual(nothing);
  });

  it('deletes the keys even when the session area fails', async () => {
    const session = { ...rig.session, remove: () => Promise.reject(new RangeError('no session')) };
    const vault = createVault({ store: rig.store, session, now: () => rig.clock.now }, cheap);
    await expect(vault.reset({ confirm })).rejects.toThrow('no session');
    expect(await rig.store.keys()).toEqual([]);
    expect(await rig.restart().status()).toBe('none');
  });
});
