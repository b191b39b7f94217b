import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { bytesToHex } from 'viem';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createRig, password } from './vault.fixtures';

afterEach(() => vi.restoreAllMocks());

/** Every way in which the bytes could lie in a text. */
const spellings = (bytes: Uint8Array): string[] => {
  const buffer = Buffer.from(bytes);
  return [buffer.toString('hex'), buffer.toString('base64').replace(/=+$/, ''), [...bytes].join(',')];
};

/** Everything in the database as one text, bytes spelled as above. */
const dump = async (name: string): Promise<string> => {
  const database = await openDB(name);
  const values = await Promise.all([...database.objectStoreNames].map((table) => database.getAll(table)));
  database.close();
  return JSON.stringify(values, (_key, value: unknown) =>
    value instanceof Uint8Array ? spellings(value) : value,
  ).toLowerCase();
};

describe('what is kept', () => {
  it('holds no private key, no data key and no password in the clear', async () => {
    const drawn: Uint8Array[] = [];
    const exported: Uint8Array[] = [];
    const getRandomValues = crypto.getRandomValues.bind(crypto);
    vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
      const filled = getRandomValues(array);
      if (filled instanceof Uint8Array && filled.length === 32) drawn.push(filled.slice());
      return filled;
    });
    const wrapKey = crypto.subtle.wrapKey.bind(crypto.subtle);
    vi.spyOn(crypto.subtle, 'wrapKey').mockImplementation(async (format, key, wrapping, algorithm) => {
      exported.push(new Uint8Array(await crypto.subtle.exportKey('raw', key)));
      return wrapKey(format, key, wrapping, algorithm);
    });

    const rig = await createRig('secrets');
    await rig.vault.create({ password });
    drawn.length = 0;
    await rig.vault.createKey({ id: 'a', kind: 'session' });
    await (await rig.vault.signer('a')).signMessage('0x00');
    rig.close();

    const [privateKey] = drawn;
    const [dataKey] = exported;
    if (privateKey === undefined || dataKey === undefined) expect.unreachable('no key was seen');
    expect(exported.map((each) => bytesToHex(each))).toEqual([bytesToHex(dataKey), bytesToHex(dataKey)]);

    const kept = await dump('secrets');
    const inSession = JSON.stringify([...rig.session.values]).toLowerCase();
    expect(kept).toContain('wrappedkey');
    const secrets = [
      ...[privateKey, dataKey, new TextEncoder().encode(password)].flatMap(spellings),
      password,
    ];
    for (const secret of secrets) {
      expect(kept).not.toContain(secret.toLowerCase());
      expect(inSession).not.toContain(secret.toLowerCase());
    }
  });

  it('unlocks by keys that can not be exported only', async () => {
    const rig = await createRig('unexportable');
    await rig.vault.create({ password });
    expect(await rig.store.unlockKey()).toMatchObject({ extractable: false, type: 'secret' });
    rig.close();
  });
});
