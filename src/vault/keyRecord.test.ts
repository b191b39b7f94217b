import { describe, expect, it } from 'vitest';
import { type Bytes, decrypt, encrypt, newDataKey } from './aes';
import { canonical } from './fields';
import { sealKey, withPrivateKey } from './keyRecord';
import { newPrivateKey } from './privateKey';

describe('withPrivateKey', () => {
  it('zeroes the key after the work, also when the work fails', async () => {
    const dataKey = await newDataKey();
    const privateKey = newPrivateKey();
    const record = await sealKey({ id: 'a', kind: 'session' }, privateKey, dataKey);
    const lent: Bytes[] = [];
    await withPrivateKey(record, dataKey, async (key) => {
      expect(key).toEqual(privateKey);
      lent.push(key);
    });
    const failed = withPrivateKey(record, dataKey, async (key) => {
      lent.push(key);
      throw new RangeError('no signature');
    });
    await expect(failed).rejects.toThrow('no signature');
    expect(lent).toEqual([new Uint8Array(32), new Uint8Array(32)]);
  });

  it('refuses a sealed record that holds another address or no valid key', async () => {
    const dataKey = await newDataKey();
    const named = { version: 1, id: 'a', kind: 'session', address: `0x${'11'.repeat(20)}` } as const;
    const context = canonical(['latchkey vault key', named.version, named.id, named.kind, named.address]);
    for (const bytes of [newPrivateKey(), new Uint8Array(32)]) {
      const record = { ...named, ...(await encrypt(bytes, dataKey, context)) };
      expect(await decrypt(record, dataKey, context)).toEqual(bytes);
      await expect(withPrivateKey(record, dataKey, async () => 1)).rejects.toMatchObject({ code: 'DAMAGED' });
    }
  });
});
