import { hexToBytes, numberToBytes } from 'viem';
import { privateKeyToAddress } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import type { Bytes } from './aes';
import { addressOf, isPrivateKey, newPrivateKey, signWith } from './privateKey';

const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const bytes = (value: bigint): Bytes => new Uint8Array(numberToBytes(value, { size: 32 }));

describe('a private key', () => {
  it('is from 1 to the order less 1, in 32 bytes', () => {
    expect(
      [0n, 1n, order - 1n, order, order + 1n, 2n ** 256n - 1n].map((n) => isPrivateKey(bytes(n))),
    ).toEqual([false, true, true, false, false, false]);
    expect(isPrivateKey(new Uint8Array(31).fill(1))).toBe(false);
    expect(() => privateKeyToAddress(`0x${order.toString(16)}`)).toThrow();
  });

  it('is drawn again until it is valid', () => {
    const draws = [bytes(0n), bytes(order), bytes(5n)];
    expect(newPrivateKey(() => draws.shift() ?? bytes(6n))).toEqual(bytes(5n));
  });

  it('signs as RFC 6979 says, with low s', async () => {
    const key = new Uint8Array(hexToBytes(`0x${'11'.repeat(32)}`));
    expect(addressOf(key)).toBe('0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A');
    const signature = await signWith(key, `0x${'22'.repeat(32)}`);
    expect(await signWith(key, `0x${'22'.repeat(32)}`)).toBe(signature);
    expect(BigInt(`0x${signature.slice(66, 130)}`)).toBeLessThanOrEqual(order / 2n);
  });
});
