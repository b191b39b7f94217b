import type { Address, Hex } from 'viem';
import { privateKeyToAddress, sign } from 'viem/accounts';
import { bytesToBigInt, bytesToHex } from 'viem/utils';
import { type Bytes, keyLength, randomBytes } from './aes';

/** Order of the group of secp256k1 (SEC 2, section 2.4.1). */
const order = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

/** Whether the bytes are a private key: from 1 to the group's order less 1. */
export const isPrivateKey = (bytes: Bytes): boolean => {
  const value = bytes.length === keyLength ? bytesToBigInt(bytes) : 0n;
  return value > 0n && value < order;
};

/** A fresh private key from the browser's random source. The caller zeroes it. */
export const newPrivateKey = (random: (length: number) => Bytes = randomBytes): Bytes => {
  let bytes = random(keyLength);
  while (!isPrivateKey(bytes)) bytes = random(keyLength);
  return bytes;
};

export const addressOf = (privateKey: Bytes): Address => privateKeyToAddress(bytesToHex(privateKey));

/**
 * r, s, v of a 32-byte digest, with v = 27 or 28, low s and a deterministic nonce (RFC 6979). viem takes the key as
 * text, which can't be zeroed: that copy lives until the engine collects it.
 */
export const signWith = (privateKey: Bytes, digest: Hex): Promise<Hex> =>
  sign({ hash: digest, privateKey: bytesToHex(privateKey), to: 'hex' });
