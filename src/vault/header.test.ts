import { describe, expect, it } from 'vitest';
import { createHeader, openHeader, parseHeader, type VaultHeader } from './header';
import { kdfCost } from './kdf';
import { cheap, password } from './vault.fixtures';

const made = await createHeader(password, cheap, 1_700_000_000);

const flip = (bytes: Uint8Array<ArrayBuffer>, at: number) =>
  new Uint8Array(bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)));

describe('the header', () => {
  it('costs a guesser at least what OWASP asks for', () => {
    expect(kdfCost.iterations).toBeGreaterThanOrEqual(600_000);
    expect(kdfCost.lowest).toBe(600_000);
  });

  it('has its own salt, iv and data key every time', async () => {
    const other = (await createHeader(password, cheap, 1_700_000_000)).header;
    expect(made.header.kdf.salt).toHaveLength(32);
    expect(made.header.cipher.iv).toHaveLength(12);
    expect(other.kdf.salt).not.toEqual(made.header.kdf.salt);
    expect(other.cipher.iv).not.toEqual(made.header.cipher.iv);
    expect(other.wrappedKey).not.toEqual(made.header.wrappedKey);
  });

  it('refuses fewer iterations than the floor before any key is derived', async () => {
    await expect(parseHeader(made.header, { ...cheap, lowest: cheap.iterations + 1 })).rejects.toMatchObject({
      code: 'DAMAGED',
    });
  });

  it('opens with the password after it was parsed', async () => {
    const key = await openHeader(await parseHeader(made.header, cheap), password);
    const raw = async (handle: CryptoKey) => new Uint8Array(await crypto.subtle.exportKey('raw', handle));
    expect(await raw(key)).toEqual(await raw(made.dataKey));
  });

  it('opens for nobody when a field is changed and its checksum made to fit', async () => {
    const { header } = made;
    const bytes = (length: number) => Array.from({ length }, (_, at) => at);
    const changed: VaultHeader[] = [
      ...bytes(32).map((at) => ({ ...header, kdf: { ...header.kdf, salt: flip(header.kdf.salt, at) } })),
      ...bytes(12).map((at) => ({ ...header, cipher: { ...header.cipher, iv: flip(header.cipher.iv, at) } })),
      ...bytes(48).map((at) => ({ ...header, wrappedKey: flip(header.wrappedKey, at) })),
      { ...header, kdf: { ...header.kdf, iterations: header.kdf.iterations + 1 } },
      { ...header, createdAt: header.createdAt + 1 },
    ];
    for (const each of changed) {
      await expect(openHeader(each, password)).rejects.toMatchObject({ code: 'WRONG_PASSWORD' });
    }
  });
});
