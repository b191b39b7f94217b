import 'fake-indexeddb/auto';
import { recoverAddress, zeroHash } from 'viem';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVault } from './service';
import { sessionKey } from './sessionValue';
import { cheap, createRig, createSessionArea, password, type Rig } from './vault.fixtures';

let rig: Rig;

beforeEach(async ({ task }) => {
  rig = await createRig(task.id);
  await rig.vault.create({ password });
  await rig.vault.createKey({ id: 'a', kind: 'session' });
});

afterEach(() => rig.close());

const over = (part: Partial<Rig['store']>, session = rig.session) =>
  createVault({ store: { ...rig.store, ...part }, session, now: () => rig.clock.now }, cheap);

describe('the unlocked state', () => {
  it('outlives the worker and signs with no password', async () => {
    const next = rig.restart();
    expect(await next.status()).toBe('unlocked');
    const signer = await next.signer('a');
    const signature = await signer.signDigest(zeroHash);
    expect(await recoverAddress({ hash: zeroHash, signature })).toBe(signer.address);
  });

  it('does not outlive the browser, and what is left of it is cleared', async () => {
    const next = over({}, createSessionArea());
    expect(await next.status()).toBe('locked');
    expect(await rig.store.unlockKey()).toBeUndefined();
  });

  it('is gone in both halves after a lock', async () => {
    expect(rig.session.values.size).toBe(1);
    expect(await rig.store.unlockKey()).toBeInstanceOf(CryptoKey);
    await rig.vault.lock();
    expect(rig.session.values.size).toBe(0);
    expect(await rig.store.unlockKey()).toBeUndefined();
    expect(await rig.restart().status()).toBe('locked');
  });

  it('does not come back when the half of the session area is put back after a lock', async () => {
    const kept = new Map(rig.session.values);
    await rig.vault.lock();
    for (const [key, value] of kept) await rig.session.set(key, value);
    expect(await rig.restart().status()).toBe('locked');
    await rig.vault.unlock({ password });
    for (const [key, value] of kept) await rig.session.set(key, value);
    expect(await rig.restart().status()).toBe('locked');
  });

  it('loses the database half even when the session area fails', async () => {
    const failing = { ...rig.session, remove: () => Promise.reject(new RangeError('no session')) };
    await expect(over({}, failing).lock()).rejects.toThrow('no session');
    expect(await rig.store.unlockKey()).toBeUndefined();
    expect(await rig.restart().status()).toBe('locked');
  });

  it('belongs to one header: another one locks it, none is no vault', async () => {
    const other = await createRig('other header');
    await other.vault.create({ password });
    const foreign = await other.store.header();
    expect(await over({ header: async () => foreign }).status()).toBe('locked');
    expect(await rig.restart().status()).toBe('locked');
    const empty = over({ header: async () => undefined, keys: async () => [] });
    expect(await empty.status()).toBe('none');
    other.close();
  });

  it('is refused when any byte of the encrypted data key is flipped', async () => {
    const { sealed, ...times } = JSON.parse(rig.session.values.get(sessionKey) ?? '');
    const key = await rig.store.unlockKey();
    expect(key).toBeInstanceOf(CryptoKey);
    expect(sealed).toHaveLength(2 + 2 * (12 + 32 + 16));
    for (let at = 2; at < sealed.length; at += 2) {
      const byte = Number.parseInt(sealed.slice(at, at + 2), 16) ^ 1;
      const flipped = sealed.slice(0, at) + byte.toString(16).padStart(2, '0') + sealed.slice(at + 2);
      if (key instanceof CryptoKey) await rig.store.putUnlockKey(key);
      await rig.session.set(sessionKey, JSON.stringify({ sealed: flipped, ...times }));
      expect(await rig.restart().status(), `byte ${at / 2 - 1}`).toBe('locked');
    }
  });

  it.each([
    ['nothing', () => ''],
    ['no JSON', () => '0x00'],
    ['no object', () => '[]'],
    ['no deadline', ({ sealed, seenAt }: Record<string, unknown>) => JSON.stringify({ sealed, seenAt })],
    ['a deadline in words', (value: object) => JSON.stringify({ ...value, deadline: 'never' })],
    ['no time of the last look', (value: object) => JSON.stringify({ ...value, seenAt: null })],
    ['a short data key', (value: object) => JSON.stringify({ ...value, sealed: '0x00' })],
    ['an unknown field', (value: object) => JSON.stringify({ ...value, more: 1 })],
  ])('is refused when the session half holds %s', async (_name, change) => {
    const value = JSON.parse(rig.session.values.get(sessionKey) ?? '');
    await rig.session.set(sessionKey, change(value));
    expect(await rig.restart().status()).toBe('locked');
    expect(await rig.store.unlockKey()).toBeUndefined();
  });
});
