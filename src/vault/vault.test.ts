import 'fake-indexeddb/auto';
import { hashMessage, keccak256, recoverAddress } from 'viem';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStorage } from '../storage';
import { createVaultService, VaultError } from '.';
import { createRig, createSessionArea, password, type Rig } from './vault.fixtures';

let rig: Rig;

beforeEach(async ({ task }) => {
  rig = await createRig(task.id);
});

afterEach(() => rig.close());

const digest = keccak256('0x1234');

const refusal = (work: Promise<unknown>) => work.catch((error: unknown) => error);

describe('the life of a vault', () => {
  it('goes from none to unlocked to locked and back', async () => {
    const { vault } = rig;
    expect(await vault.status()).toBe('none');
    await vault.create({ password });
    expect(await vault.status()).toBe('unlocked');
    await vault.lock();
    expect(await vault.status()).toBe('locked');
    await vault.unlock({ password });
    expect(await vault.status()).toBe('unlocked');
  });

  it('refuses a password below the floor and makes nothing', async () => {
    for (const weak of ['', 'short', 'aB3$xY9!kQ2', 'password1234', 'aaaaaaaaaaaaaaaaaaaa']) {
      await expect(rig.vault.create({ password: weak })).rejects.toMatchObject({ code: 'WEAK_PASSWORD' });
    }
    expect(await rig.vault.status()).toBe('none');
  });

  it('is made once, also when asked twice at the same time by two workers', async () => {
    const other = rig.restart();
    const outcomes = await Promise.allSettled([
      rig.vault.create({ password }),
      other.create({ password: `${password} too` }),
      rig.vault.create({ password }),
    ]);
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refused).toHaveLength(2);
    for (const error of refused) expect(error).toMatchObject({ code: 'VAULT_EXISTS' });
  });

  it('can be opened by the password that made it only', async () => {
    await rig.vault.create({ password });
    await rig.vault.lock();
    await expect(rig.vault.unlock({ password: `${password}!` })).rejects.toMatchObject({
      code: 'WRONG_PASSWORD',
    });
    expect(await rig.vault.status()).toBe('locked');
  });

  it('takes the same password typed in another Unicode form', async () => {
    await rig.vault.create({ password: 'caf\u00e9 piano meadow' });
    await rig.vault.lock();
    await rig.vault.unlock({ password: 'cafe\u0301 piano meadow' });
    expect(await rig.vault.status()).toBe('unlocked');
  });

  it('has nothing to unlock before it is made', async () => {
    await expect(rig.vault.unlock({ password })).rejects.toMatchObject({ code: 'NO_VAULT' });
    await expect(rig.vault.createKey({ id: 'a', kind: 'owner' })).rejects.toMatchObject({ code: 'NO_VAULT' });
  });
});

describe('keys', () => {
  it('sign a digest as it is and a message with its prefix', async () => {
    await rig.vault.create({ password });
    const address = await rig.vault.createKey({ id: 'owner', kind: 'owner' });
    const signer = await rig.vault.signer('owner');
    expect(signer.address).toBe(address);
    expect(await rig.vault.address('owner')).toBe(address);
    const signature = await signer.signDigest(digest);
    expect(signature).toMatch(/^0x[0-9a-f]{128}(?:1b|1c)$/);
    expect(await recoverAddress({ hash: digest, signature })).toBe(address);
    const raw = '0xdeadbeef';
    const message = await signer.signMessage(raw);
    expect(await recoverAddress({ hash: hashMessage({ raw }), signature: message })).toBe(address);
    expect(message).not.toBe(await signer.signDigest(keccak256(raw)));
  });

  it('are different every time', async () => {
    await rig.vault.create({ password });
    const addresses = await Promise.all(
      ['a', 'b', 'c', 'd'].map((id) => rig.vault.createKey({ id, kind: 'session' })),
    );
    expect(new Set(addresses).size).toBe(4);
  });

  it('refuse to sign what is not 32 bytes', async () => {
    await rig.vault.create({ password });
    await rig.vault.createKey({ id: 'a', kind: 'session' });
    const signer = await rig.vault.signer('a');
    for (const wrong of ['0x', '0x1234', `${digest}00`, `${digest.slice(0, -1)}g`] as const) {
      await expect(signer.signDigest(wrong as `0x${string}`)).rejects.toMatchObject({
        code: 'INVALID_DIGEST',
      });
    }
    await expect(signer.signMessage('0xabc')).rejects.toMatchObject({ code: 'INVALID_DIGEST' });
  });

  it('are never replaced', async () => {
    await rig.vault.create({ password });
    const made = await Promise.allSettled([
      rig.vault.createKey({ id: 'a', kind: 'session' }),
      rig.vault.createKey({ id: 'a', kind: 'session' }),
    ]);
    expect(made.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(made[1]).toMatchObject({ reason: { code: 'KEY_EXISTS' } });
    expect(made[0]).toMatchObject({ value: await rig.vault.address('a') });
  });

  it('can be destroyed, also while locked, and then sign no more', async () => {
    await rig.vault.create({ password });
    await rig.vault.createKey({ id: 'a', kind: 'session' });
    const signer = await rig.vault.signer('a');
    await rig.vault.lock();
    expect(await rig.vault.hasKey('a')).toBe(true);
    await rig.vault.destroyKey('a');
    await rig.vault.destroyKey('a');
    expect(await rig.vault.hasKey('a')).toBe(false);
    await rig.vault.unlock({ password });
    await expect(signer.signDigest(digest)).rejects.toMatchObject({ code: 'UNKNOWN_KEY' });
    await expect(rig.vault.signer('a')).rejects.toMatchObject({ code: 'UNKNOWN_KEY' });
    await rig.vault.createKey({ id: 'a', kind: 'session' });
    await expect(signer.signDigest(digest)).rejects.toMatchObject({ code: 'UNKNOWN_KEY' });
  });

  it('do nothing while locked', async () => {
    await rig.vault.create({ password });
    await rig.vault.createKey({ id: 'a', kind: 'session' });
    const signer = await rig.vault.signer('a');
    await rig.vault.lock();
    const refused = [
      () => rig.vault.createKey({ id: 'b', kind: 'session' }),
      () => rig.vault.address('a'),
      () => rig.vault.signer('a'),
      () => signer.signDigest(digest),
      () => signer.signMessage('0x00'),
    ];
    for (const call of refused) await expect(call()).rejects.toMatchObject({ code: 'LOCKED' });
    expect(await rig.vault.hasKey('b')).toBe(false);
  });

  it('finish a signature asked for before the lock, and none asked for after it', async () => {
    await rig.vault.create({ password });
    await rig.vault.createKey({ id: 'a', kind: 'session' });
    const signer = await rig.vault.signer('a');
    const [before, , after] = await Promise.allSettled([
      signer.signDigest(digest),
      rig.vault.lock(),
      signer.signDigest(digest),
    ]);
    expect(before.status).toBe('fulfilled');
    expect(after).toMatchObject({ status: 'rejected', reason: { code: 'LOCKED' } });
  });
});

describe('the door', () => {
  it('makes headers of the full cost and opens no cheaper one', async () => {
    const storage = await openStorage({ name: 'full cost' });
    const session = createSessionArea();
    const vault = createVaultService({ store: storage.vault, session, now: () => 1_700_000_000 });
    await vault.create({ password });
    expect(await storage.vault.header()).toMatchObject({
      version: 1,
      kdf: { name: 'PBKDF2', hash: 'SHA-256', iterations: 1_000_000 },
      cipher: { name: 'AES-GCM' },
    });
    storage.close();
    await rig.vault.create({ password });
    const strict = createVaultService({ store: rig.store, session: rig.session, now: () => 1_700_000_000 });
    await expect(strict.unlock({ password })).rejects.toMatchObject({ code: 'DAMAGED' });
  });

  it('gives nothing but addresses, signatures, states and truth values', async () => {
    await rig.vault.create({ password });
    await rig.vault.createKey({ id: 'a', kind: 'owner' });
    const signer = await rig.vault.signer('a');
    expect(Object.keys(rig.vault).sort()).toEqual([
      'address',
      'autoLock',
      'changePassword',
      'create',
      'createKey',
      'destroyKey',
      'exportBackup',
      'hasKey',
      'importBackup',
      'inspect',
      'lock',
      'reset',
      'signer',
      'status',
      'unlock',
    ]);
    expect(Object.keys(signer).sort()).toEqual(['address', 'signDigest', 'signMessage']);
    const given = [
      await rig.vault.status(),
      await rig.vault.address('a'),
      await rig.vault.hasKey('a'),
      await rig.vault.destroyKey('b'),
      await rig.vault.unlock({ password }),
      await rig.vault.lock(),
    ];
    expect(given).toEqual(['unlocked', signer.address, true, undefined, undefined, undefined]);
  });

  it('keeps the password out of its errors', async () => {
    await rig.vault.create({ password });
    const error = await refusal(rig.vault.unlock({ password: 'hush hush never told' }));
    expect(error).toBeInstanceOf(VaultError);
    expect(JSON.stringify([error, String(error)])).not.toContain('hush');
  });
});
