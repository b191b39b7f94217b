import type { Address, Hex } from 'viem';
import { privateKeyToAddress, sign } from 'viem/accounts';
import { bytesToHex, hexToBytes } from 'viem/utils';
import { type Bytes, keyLength, randomBytes } from './aes';

/** Order of the group of secp256k1 (SEC 2, section 2.4.1). */
const order = hexToBytes('0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141');

/** Whether the bytes are a private key: from 1 to the group's order less 1. Makes no copy of them. */
export const isPrivateKey = (bytes: Bytes): boolean => {
  if (bytes.length !== keyLength || bytes.every((byte) => byte === 0)) return false;
  const at = bytes.findIndex((byte, index) => byte !== order[index]);
  return (bytes[at] ?? 0) < (order[at] ?? 0);
};

/** A fresh private key from the browser's random source. The caller zeroes it. */
export const newPrivateKey = (random: (length: number) => Bytes = randomBytes): Bytes => {
  let bytes = random(keyLength);
  while (!isPrivateKey(bytes)) bytes = random(keyLength);
  return bytes;
};

/**
 * The key's address. As with `signWith`, viem takes the key as text, which can't be zeroed: that one copy lives until
 * the engine collects it.
 */
export const addressOf = (privateKey: Bytes): Address => privateKeyToAddress(bytesToHex(privateKey));

/** r, s, v of a 32-byte digest, with v = 27 or 28, low s and a deterministic nonce (RFC 6979). */
export const signWith = (privateKey: Bytes, digest: Hex): Promise<Hex> =>
  sign({ hash: digest, privateKey: bytesToHex(privateKey), to: 'hex' });
