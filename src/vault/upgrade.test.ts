import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVaultService } from '.';
import { reviveBytes } from './bytesJson';
import { createHeader } from './header';
import { cheap, createRig, expectCode, failing, flip, type Rig } from './vault.fixtures';

/** What earlier versions stored, as they stored it. */
const old = JSON.parse(readFileSync(new URL('./stored.vectors.json', import.meta.url), 'utf8'), reviveBytes);
const password: string = old.password;
const dearer = { ...cheap, iterations: 2_000 };

let rig: Rig;

beforeEach(async ({ task }) => {
  rig = await createRig(task.id);
  await rig.store.insertVault(old.header, [
    { id: 'session:a', record: old.keyVersion1 },
    { id: 'owner', record: old.keyVersion2 },
  ]);
});

afterEach(() => rig.close());

const versionOf = async (id: string): Promise<unknown> => Object(await rig.store.key(id)).version;

describe('key records of earlier versions', () => {
  it('can be used, and are brought to the present version by the unlock', async () => {
    expect(await rig.vault.status()).toBe('locked');
    expect(await versionOf('session:a')).toBe(1);
    await rig.vault.unlock({ password });
    expect(await versionOf('session:a')).toBe(2);
    expect(await rig.store.key('owner')).toEqual(old.keyVersion2);
    expect(await rig.vault.address('session:a')).toBe(old.address);
    expect(await rig.vault.address('owner')).toBe(old.address);
    const upgraded = await rig.store.key('session:a');
    await rig.vault.lock();
    await rig.vault.unlock({ password });
    expect(await rig.store.key('session:a')).toEqual(upgraded);
  });

  it('are left as they are when they are damaged, and do not keep the vault shut', async () => {
    const torn = { ...old.keyVersion1, ciphertext: flip(old.keyVersion1.ciphertext, 7) };
    await rig.store.replaceKey('session:a', () => true, torn);
    await rig.vault.unlock({ password });
    expect(await rig.store.key('session:a')).toEqual(torn);
    expect(await rig.vault.inspect()).toEqual({
      header: 'intact',
      workingKeys: ['owner'],
      damagedKeys: ['session:a'],
    });
  });

  it('stay in use when the upgrade is cut short, and the next unlock goes on', async () => {
    const { keyVersion1, address } = old;
    await rig.store.insertKey('torn', { ...keyVersion1, id: 'torn' });
    await expect(rig.restart({ replaceKey: failing }).unlock({ password })).rejects.toThrow('no space');
    expect(await versionOf('session:a')).toBe(1);
    expect(await rig.vault.status()).toBe('locked');
    await rig.vault.unlock({ password });
    expect(await versionOf('session:a')).toBe(2);
    expect(await rig.vault.address('session:a')).toBe(address);
    expect(await rig.store.key('torn')).toEqual({ ...keyVersion1, id: 'torn' });
  });

  it('do not come back when they are destroyed during the upgrade', async () => {
    const keys = await rig.store.keys();
    const vault = rig.restart({
      keys: async () => {
        await rig.store.removeKey('session:a');
        return keys;
      },
    });
    await vault.unlock({ password });
    expect(await rig.vault.hasKey('session:a')).toBe(false);
  });
});

describe('a header with fewer iterations than the present cost', () => {
  const header = async () => Object(await rig.store.header());

  it('is made anew by the unlock, under the same password and around the same keys', async () => {
    const vault = rig.restart({}, dearer);
    await vault.unlock({ password });
    const upgraded = await header();
    expect(upgraded).toMatchObject({ createdAt: old.header.createdAt, kdf: { iterations: 2_000 } });
    expect(upgraded.kdf.salt).not.toEqual(old.header.kdf.salt);
    expect(upgraded.cipher.iv).not.toEqual(old.header.cipher.iv);
    expect(await vault.address('owner')).toBe(old.address);
    expect(await rig.restart({}, dearer).status()).toBe('unlocked');
    await vault.lock();
    await vault.unlock({ password });
    expect(await header()).toEqual(upgraded);
  });

  it('is never made cheaper, and not touched by a wrong password', async () => {
    await expectCode(rig.restart({}, dearer).unlock({ password: `${password}!` }), 'WRONG_PASSWORD');
    expect(await header()).toEqual(old.header);
    await rig.restart({}, dearer).unlock({ password });
    const upgraded = await header();
    await rig.vault.unlock({ password });
    expect(await header()).toEqual(upgraded);
  });

  it('opens as before or after when the upgrade is cut short', async () => {
    await expect(rig.restart({ replaceHeader: failing }, dearer).unlock({ password })).rejects.toThrow();
    expect(await header()).toEqual(old.header);
    await expect(rig.restart({ putUnlockKey: failing }, dearer).unlock({ password })).rejects.toThrow();
    expect(await header()).toMatchObject({ kdf: { iterations: 2_000 } });
    expect(await rig.vault.status()).toBe('locked');
    await rig.vault.unlock({ password });
    expect(await rig.vault.address('session:a')).toBe(old.address);
  });

  it('is not written over when it is no longer the one that was opened', async () => {
    const other = (await createHeader(password, cheap, 1)).header;
    const vault = rig.restart(
      {
        replaceHeader: async (isExpected, record) => {
          await rig.store.replaceHeader(() => true, other);
          return rig.store.replaceHeader(isExpected, record);
        },
      },
      dearer,
    );
    await expectCode(vault.unlock({ password }), 'VAULT_CHANGED');
    expect(await header()).toEqual(other);
    expect(await rig.vault.status()).toBe('locked');
  });

  it('goes from 600,000 to the full cost at the door', async () => {
    const floor = { iterations: 600_000, lowest: 600_000 };
    const made = (await createHeader(password, floor, 1)).header;
    await rig.store.clear();
    await rig.store.insertVault(made, []);
    const { store, session } = rig;
    await createVaultService({ store, session, now: () => rig.clock.now }).unlock({ password });
    expect(await header()).toMatchObject({ kdf: { iterations: 1_000_000 } });
  });
});
