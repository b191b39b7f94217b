import { privateKeyToAddress } from 'viem/accounts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Bytes, decrypt, encrypt, newDataKey } from './aes';
import { canonical, checksumOf } from './fields';
import { type KeyRecord, parseKeyRecord, provenAddress, resealKey, sealKey, signDigest } from './keyRecord';
import { newPrivateKey } from './privateKey';
import { flip } from './vault.fixtures';

const digest = `0x${'22'.repeat(32)}` as const;
const dataKey = await newDataKey();
const privateKey = newPrivateKey();
const record = await sealKey({ id: 'a', kind: 'session' }, privateKey, dataKey);

afterEach(() => vi.restoreAllMocks());

const contextOf = ({ version, id, kind, address }: KeyRecord) =>
  canonical(['latchkey vault key', version, id, kind, address]);

/** A record with a checksum that fits whatever else is in it. */
const fitting = async (changed: KeyRecord): Promise<KeyRecord> => {
  const { iv, ciphertext } = changed;
  const checksum = await checksumOf([
    'latchkey vault key checksum',
    contextOf(changed),
    iv,
    new Uint8Array(ciphertext),
  ]);
  return { ...changed, version: 2, checksum };
};

/** Every buffer that was decrypted, with a copy of what lay in it at first. */
const watchDecrypted = () => {
  const buffers: { buffer: Uint8Array; copy: Uint8Array }[] = [];
  const decryptNow = crypto.subtle.decrypt.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, 'decrypt').mockImplementation(async (...input) => {
    const buffer = new Uint8Array(await decryptNow(...input));
    buffers.push({ buffer, copy: buffer.slice() });
    return buffer.buffer;
  });
  return buffers;
};

describe('a decrypted private key', () => {
  it('is zeroed after every use, also after one that fails', async () => {
    const buffers = watchDecrypted();
    await provenAddress(record, dataKey);
    await signDigest(record, dataKey, digest);
    await resealKey(record, dataKey, await newDataKey());
    await expect(signDigest(record, dataKey, '0xzz')).rejects.toThrow();
    expect(buffers.map(({ copy }) => copy)).toEqual(Array(4).fill(privateKey));
    expect(buffers.map(({ buffer }) => buffer)).toEqual(Array(4).fill(new Uint8Array(32)));
  });
});

describe('a key record', () => {
  it('is refused when anything is changed and its checksum made to fit', async () => {
    const changed: KeyRecord[] = [
      ...Array.from(record.iv, (_, at) => ({ ...record, iv: flip(record.iv, at) })),
      ...Array.from(record.ciphertext, (_, at) => ({ ...record, ciphertext: flip(record.ciphertext, at) })),
      { ...record, kind: 'owner' },
      { ...record, address: privateKeyToAddress(digest) },
    ];
    for (const each of changed) {
      const parsed = await parseKeyRecord('a', await fitting(each));
      for (const use of [
        () => provenAddress(parsed, dataKey),
        () => signDigest(parsed, dataKey, digest),
        () => resealKey(parsed, dataKey, dataKey),
      ]) {
        await expect(use()).rejects.toMatchObject({ code: 'DAMAGED' });
      }
    }
  });

  it('is refused as one of version 1, which has no checksum', async () => {
    const { id, kind, address, iv, ciphertext } = record;
    const parsed = await parseKeyRecord('a', { version: 1, id, kind, address, iv, ciphertext });
    await expect(provenAddress(parsed, dataKey)).rejects.toMatchObject({ code: 'DAMAGED' });
  });

  it('is refused when it holds another address or no valid key', async () => {
    const named = { ...record, address: privateKeyToAddress(digest) };
    for (const bytes of [newPrivateKey(), new Uint8Array(32)] satisfies Bytes[]) {
      const wrong = await fitting({ ...named, ...(await encrypt(bytes, dataKey, contextOf(named))) });
      expect(await decrypt(wrong, dataKey, contextOf(wrong))).toEqual(bytes);
      for (const use of [
        () => provenAddress(wrong, dataKey),
        () => signDigest(wrong, dataKey, digest),
        () => resealKey(wrong, dataKey, dataKey),
      ]) {
        await expect(use()).rejects.toMatchObject({ code: 'DAMAGED' });
      }
    }
  });
});
