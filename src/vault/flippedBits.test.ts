import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRig, expectCode, password, type Rig } from './vault.fixtures';

let rig: Rig;

beforeEach(async ({ task }) => {
  rig = await createRig(task.id);
  await rig.vault.create({ password });
  await rig.vault.createKey({ id: 'a', kind: 'session' });
});

afterEach(() => rig.close());

const bits = [1, 2, 4, 8, 16, 32, 64, 128];

/** Some thousand reads and writes. */
const patience = 30_000;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Every copy of a stored record with one bit of its bytes flipped, at any depth. */
const flips = (value: unknown): unknown[] => {
  if (value instanceof Uint8Array) {
    return Array.from(value).flatMap((_, at) =>
      bits.map((bit) => value.map((byte, index) => (index === at ? byte ^ bit : byte))),
    );
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, field]) =>
    flips(field).map((flipped) => ({ ...value, [key]: flipped })),
  );
};

it(
  'of the stored header make unlocking fail as damaged, and stay as they are',
  async () => {
    const [header, keys] = [await rig.store.header(), await rig.store.keys()];
    const all = flips(header);
    const lengths = { salt: 32, iv: 12, wrappedKey: 48, checksum: 32 };
    expect(all).toHaveLength(8 * Object.values(lengths).reduce((sum, length) => sum + length, 0));
    for (const flipped of all) {
      await rig.store.replaceHeader(() => true, Object(flipped));
      const vault = rig.newBrowser();
      await expectCode(vault.unlock({ password }), 'DAMAGED');
      await expectCode(vault.create({ password }), 'DAMAGED');
      expect(await rig.store.header()).toEqual(flipped);
    }
    expect(await rig.store.keys()).toEqual(keys);
    expect(await rig.store.attempts()).toBeUndefined();
    await rig.store.replaceHeader(() => true, Object(header));
    await rig.newBrowser().unlock({ password });
  },
  patience,
);

it(
  'of a stored key make using it fail as damaged, and stay as they are',
  async () => {
    const record = await rig.store.key('a');
    const all = flips(record);
    expect(all).toHaveLength(8 * (12 + 48 + 32));
    for (const flipped of all) {
      await rig.store.replaceKey('a', () => true, Object(flipped));
      const vault = rig.restart();
      await expectCode(vault.signer('a'), 'DAMAGED');
      await expectCode(vault.createKey({ id: 'a', kind: 'session' }), 'KEY_EXISTS');
      expect(await rig.store.key('a')).toEqual(flipped);
    }
    await rig.store.replaceKey('a', () => true, Object(record));
    await rig.restart().signer('a');
  },
  patience,
);
