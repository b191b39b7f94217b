import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createVault } from './service';
import { cheap, createRig, password, type Rig } from './vault.fixtures';

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

const flippedByte = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));

const flippedCharacter = (text: string, at: number): string =>
  text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);

/** Every copy of a record with one byte, character, number or field changed, at any depth. */
const variants = (value: unknown, name = 'record'): Variant[] => {
  if (value instanceof Uint8Array) {
    const flips = Array.from(value, (_, at) => ({ name: `${name}[${at}]`, value: flippedByte(value, at) }));
    return [...flips, { name: `${name} cut`, value: value.slice(1) }];
  }
  if (typeof value === 'string') {
    return Array.from(value, (_, at) => ({ name: `${name}[${at}]`, value: flippedCharacter(value, at) }));
  }
  if (typeof value === 'number') {
    const bits = Array.from({ length: 53 }, (_, bit) => 2 ** bit);
    return bits.map((bit) => ({ name: `${name} + ${bit}`, value: value + bit }));
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
  const store = {
    ...rig.store,
    insertHeader: noWrite,
    insertKey: noWrite,
    removeKey: noWrite,
    putAttempts: noWrite,
  };
  return createVault({ store: { ...store, ...part }, session: rig.session, now: () => 0 }, cheap);
};

describe('a damaged header', () => {
  it('is called damaged, never a wrong password, whatever byte is changed, and is kept', async () => {
    const header = await rig.store.header();
    const all = [...variants(header), { name: 'text', value: 'header' }, { name: 'null', value: null }];
    expect(all.length).toBeGreaterThan(12 + 32 + 48 + 32);
    for (const { name, value } of all) {
      const vault = reading({ header: async () => value });
      for (const call of [
        () => vault.status(),
        () => vault.unlock({ password }),
        () => vault.create({ password }),
        () => vault.createKey({ id: 'c', kind: 'session' }),
        () => vault.signer('a'),
      ]) {
        await expect(call(), name).rejects.toMatchObject({ code: 'DAMAGED' });
      }
    }
    expect(await rig.store.header()).toEqual(header);
    await rig.vault.unlock({ password });
  });

  it('is called damaged when it is gone while keys are left, so that no new vault hides them', async () => {
    const vault = reading({ header: async () => undefined });
    await expect(vault.status()).rejects.toMatchObject({ code: 'DAMAGED' });
    await expect(vault.create({ password })).rejects.toMatchObject({ code: 'DAMAGED' });
  });
});

describe('a damaged key record', () => {
  it('is refused whatever byte is changed, and is kept', async () => {
    const record = await rig.store.key('a');
    const all = [...variants(record), { name: 'text', value: 'key' }, { name: 'null', value: null }];
    expect(all.length).toBeGreaterThan(12 + 48 + 42);
    for (const { name, value } of all) {
      const vault = reading({ key: async () => value });
      await expect(vault.signer('a'), name).rejects.toMatchObject({ code: 'DAMAGED' });
      await expect(vault.address('a'), name).rejects.toMatchObject({ code: 'DAMAGED' });
    }
    expect(await rig.store.key('a')).toEqual(record);
    await rig.vault.signer('a');
  });

  it('is refused while it is in use by a signer', async () => {
    const record = await rig.store.key('a');
    let given = record;
    const signer = await reading({ key: async () => given }).signer('a');
    given = { ...Object(record), ciphertext: new Uint8Array(48) };
    await expect(signer.signDigest(`0x${'00'.repeat(32)}`)).rejects.toMatchObject({ code: 'DAMAGED' });
  });

  it('is refused under the name of another key, with or without that name written in it', async () => {
    const other = Object(await rig.store.key('b'));
    for (const record of [other, { ...other, id: 'a' }]) {
      const vault = reading({ key: async () => record });
      await expect(vault.signer('a')).rejects.toMatchObject({ code: 'DAMAGED' });
    }
  });

  it('is refused as a key of another kind', async () => {
    const record = Object(await rig.store.key('owner'));
    const vault = reading({ key: async () => ({ ...record, kind: 'session' }) });
    await expect(vault.signer('owner')).rejects.toMatchObject({ code: 'DAMAGED' });
  });

  it('is refused when it comes from another vault with the same password', async () => {
    const other = await createRig('another vault');
    await other.vault.create({ password });
    await other.vault.createKey({ id: 'a', kind: 'session' });
    const record = await other.store.key('a');
    await expect(reading({ key: async () => record }).signer('a')).rejects.toMatchObject({ code: 'DAMAGED' });
    other.close();
  });

  it('can be destroyed, and does not get in the way of the others', async () => {
    await rig.store.insertKey('torn', { version: 1 });
    expect(await rig.vault.hasKey('torn')).toBe(true);
    await expect(rig.vault.createKey({ id: 'torn', kind: 'session' })).rejects.toMatchObject({
      code: 'KEY_EXISTS',
    });
    await rig.vault.signer('a');
    await rig.vault.destroyKey('torn');
    expect(await rig.vault.hasKey('torn')).toBe(false);
  });
});
