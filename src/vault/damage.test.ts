import 'fake-indexeddb/auto';
import { zeroHash } from 'viem';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRig, expectCode, flip, password, type Rig } from './vault.fixtures';

let rig: Rig;

beforeEach(async ({ task }) => {
  rig = await createRig(task.id);
  await rig.vault.create({ password });
  await rig.vault.createKey({ id: 'a', kind: 'session' });
  await rig.vault.createKey({ id: 'b', kind: 'session' });
  await rig.vault.createKey({ id: 'owner', kind: 'owner' });
});

afterEach(() => rig.close());

interface Variant {
  name: string;
  value: unknown;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

const flippedCharacter = (text: string, at: number): string =>
  text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);

/** Every copy of a record with one byte, character, number or field changed, at any depth. */
const variants = (value: unknown, name = 'record'): Variant[] => {
  if (value instanceof Uint8Array) {
    const flips = Array.from(value, (_, at) => ({ name: `${name}[${at}]`, value: flip(value, at) }));
    return [...flips, { name: `${name} cut`, value: value.slice(1) }];
  }
  if (typeof value === 'string') {
    return Array.from(value, (_, at) => ({ name: `${name}[${at}]`, value: flippedCharacter(value, at) }));
  }
  if (typeof value === 'number') {
    const steps = Array.from({ length: 7 }, (_, byte) => 2 ** (8 * byte));
    return steps.map((step) => ({ name: `${name} + ${step}`, value: value + step }));
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, field]) => [
    ...variants(field, `${name}.${key}`).map((each) => ({ ...each, value: { ...value, [key]: each.value } })),
    {
      name: `${name} without ${key}`,
      value: Object.fromEntries(Object.entries(value).filter(([k]) => k !== key)),
    },
  ]);
};

/** The store with one part read differently. It fails the test when anything of the vault is written. */
const reading = (part: Partial<Rig['store']>) => {
  const noWrite = () => Promise.reject(new RangeError('wrote over the vault'));
  return rig.restart({
    insertVault: noWrite,
    replaceHeader: noWrite,
    insertKey: noWrite,
    replaceKey: noWrite,
    removeKey: noWrite,
    putAttempts: noWrite,
    clear: noWrite,
    ...part,
  });
};

/** The store with one key record read differently, alone and in the list. */
const readingKey = (all: Awaited<ReturnType<Rig['store']['keys']>>, id: string, record: unknown) =>
  reading({
    key: (asked) => (asked === id ? Promise.resolve(record) : rig.store.key(asked)),
    keys: async () => all.map((each) => (each.id === id ? { id, record } : each)),
  });

describe('a damaged header', () => {
  it('is called damaged, never a wrong password, whatever byte is changed, and is kept', async () => {
    const [header, keys] = [await rig.store.header(), await rig.store.keys()];
    const all = [...variants(header), { name: 'text', value: 'header' }, { name: 'null', value: null }];
    expect(all.length).toBeGreaterThan(12 + 32 + 48 + 32);
    for (const { name, value } of all) {
      const vault = reading({ header: async () => value, keys: async () => keys });
      for (const call of [
        () => vault.status(),
        () => vault.unlock({ password }),
        () => vault.create({ password }),
      ]) {
        await expect(call(), name).rejects.toMatchObject({ code: 'DAMAGED' });
      }
    }
    expect(await rig.store.header()).toEqual(header);
    await rig.vault.unlock({ password });
  });

  it('stops everything that needs a key, and says that no key works', async () => {
    const vault = reading({ header: async () => ({ ...Object(await rig.store.header()), createdAt: 1 }) });
    const damage = { header: 'damaged', workingKeys: [], damagedKeys: [] };
    for (const call of [
      () => vault.unlock({ password }),
      () => vault.createKey({ id: 'c', kind: 'session' }),
      () => vault.signer('a'),
      () => vault.exportBackup({ password }),
      () => vault.changePassword({ password, newPassword: 'nine violet tractors hum' }),
    ]) {
      await expect(call()).rejects.toMatchObject({
        code: 'DAMAGED',
        damage,
        action: expect.stringContaining('import a backup'),
      });
    }
    expect(await vault.inspect()).toEqual(damage);
  });

  it('is called damaged when it is gone while keys are left, so that no new vault hides them', async () => {
    const vault = reading({ header: async () => undefined });
    await expect(vault.status()).rejects.toMatchObject({ code: 'DAMAGED' });
    await expect(vault.create({ password })).rejects.toMatchObject({
      code: 'DAMAGED',
      damage: { header: 'missing', workingKeys: [] },
    });
  });
});

describe('a damaged key record', () => {
  it('is refused whatever byte is changed, and is kept', async () => {
    const [record, keys] = [await rig.store.key('a'), await rig.store.keys()];
    const all = [...variants(record), { name: 'text', value: 'key' }, { name: 'null', value: null }];
    expect(all.length).toBeGreaterThan(12 + 48 + 42);
    for (const { name, value } of all) {
      const vault = readingKey(keys, 'a', value);
      await expect(vault.signer('a'), name).rejects.toMatchObject({ code: 'DAMAGED' });
    }
    expect(await rig.store.key('a')).toEqual(record);
    await rig.vault.signer('a');
  });

  it('is refused while it is in use by a signer', async () => {
    const record = await rig.store.key('a');
    let given = record;
    const signer = await reading({ key: async () => given }).signer('a');
    given = { ...Object(record), ciphertext: new Uint8Array(48) };
    await expectCode(signer.signDigest(zeroHash), 'DAMAGED');
  });

  it('is refused under the name of another key, with or without that name written in it', async () => {
    const other = Object(await rig.store.key('b'));
    for (const record of [other, { ...other, id: 'a' }]) {
      await expectCode(readingKey(await rig.store.keys(), 'a', record).signer('a'), 'DAMAGED');
    }
  });

  it('is refused as a key of another kind', async () => {
    const record = Object(await rig.store.key('owner'));
    const vault = readingKey(await rig.store.keys(), 'owner', { ...record, kind: 'session' });
    await expectCode(vault.signer('owner'), 'DAMAGED');
  });

  it('is refused when it comes from another vault with the same password', async () => {
    const other = await createRig('another vault');
    await other.vault.create({ password });
    await other.vault.createKey({ id: 'a', kind: 'session' });
    const record = await other.store.key('a');
    await expectCode(readingKey(await rig.store.keys(), 'a', record).signer('a'), 'DAMAGED');
    other.close();
  });

  it('can be destroyed, and does not get in the way of the others', async () => {
    await rig.store.insertKey('torn', { version: 1 });
    expect(await rig.vault.hasKey('torn')).toBe(true);
    await expectCode(rig.vault.createKey({ id: 'torn', kind: 'session' }), 'KEY_EXISTS');
    await rig.vault.signer('a');
    await rig.vault.destroyKey('torn');
    expect(await rig.vault.hasKey('torn')).toBe(false);
  });

  it('is named together with the keys that still work', async () => {
    const record = Object(await rig.store.key('a'));
    const torn = { ...record, iv: flip(record.iv, 3) };
    await rig.store.replaceKey('a', () => true, torn);
    const damage = { header: 'intact', workingKeys: ['b', 'owner'], damagedKeys: ['a'] };
    await expect(rig.vault.signer('a')).rejects.toMatchObject({
      code: 'DAMAGED',
      damage,
      message: expect.stringContaining('the other keys work'),
      action: expect.stringContaining('Revoke'),
    });
    await rig.vault.lock();
    expect(await rig.vault.inspect()).toEqual(damage);
    await rig.vault.unlock({ password });
    await rig.vault.signer('b');
    expect(await rig.store.key('a')).toEqual(torn);
  });

  it('that only decrypting shows is named while unlocked', async () => {
    const { checksum: _, ...record } = Object(await rig.store.key('a'));
    await rig.store.replaceKey('a', () => true, { ...record, version: 1 });
    expect(await rig.vault.inspect()).toMatchObject({ workingKeys: ['b', 'owner'], damagedKeys: ['a'] });
    await rig.vault.lock();
    expect(await rig.vault.inspect()).toMatchObject({ workingKeys: ['a', 'b', 'owner'], damagedKeys: [] });
  });
});

describe('a vault without damage', () => {
  it('says so in every state', async () => {
    const health = { header: 'intact', workingKeys: ['a', 'b', 'owner'], damagedKeys: [] };
    expect(await rig.vault.inspect()).toEqual(health);
    await rig.vault.lock();
    expect(await rig.vault.inspect()).toEqual(health);
    await rig.vault.reset({ confirm: 'delete all keys' });
    expect(await rig.vault.inspect()).toEqual({ header: 'none', workingKeys: [], damagedKeys: [] });
  });
});

describe('a read that fails', () => {
  const once = <Part extends 'header' | 'keys' | 'key'>(part: Part) => {
    let failed = false;
    return (...input: Parameters<Rig['store'][Part]>) => {
      if (failed) return Reflect.apply(rig.store[part], rig.store, input);
      failed = true;
      return Promise.reject(new RangeError('no answer'));
    };
  };

  it('is never taken for a missing vault, and works when it is tried again', async () => {
    const header = await rig.store.header();
    const calls: ((vault: Rig['vault']) => Promise<unknown>)[] = [
      (vault) => vault.status(),
      (vault) => vault.inspect(),
      (vault) => vault.unlock({ password }),
      (vault) => vault.signer('a'),
    ];
    for (const call of calls) {
      const vault = rig.restart({ header: once('header') });
      await expect(call(vault)).rejects.toThrow('no answer');
      await call(vault);
    }
    const vault = reading({ header: once('header') });
    await expect(vault.create({ password })).rejects.toThrow('no answer');
    await expectCode(vault.create({ password }), 'VAULT_EXISTS');
    expect(await rig.store.header()).toEqual(header);
  });

  it('writes nothing, however often it fails', async () => {
    const no = () => Promise.reject(new RangeError('no answer'));
    const vault = reading({ header: no, key: no, keys: no, attempts: no });
    for (let n = 0; n < 3; n += 1) {
      for (const call of [
        () => vault.status(),
        () => vault.create({ password }),
        () => vault.unlock({ password }),
        () => vault.createKey({ id: 'c', kind: 'session' }),
        () => vault.importBackup({ text: '{}', password }),
      ]) {
        await expect(call()).rejects.toThrow('no answer');
      }
    }
    await rig.vault.signer('a');
  });

  it('is not taken for an empty vault when only the keys can not be read', async () => {
    const vault = reading({ header: async () => undefined, keys: once('keys') });
    await expect(vault.create({ password })).rejects.toThrow('no answer');
    await expectCode(vault.create({ password }), 'DAMAGED');
  });
});
