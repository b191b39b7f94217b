import * as v from 'valibot';
import type { Address, Hex } from 'viem';
import { getAddress, isAddress } from 'viem/utils';

const maxHexBytes = 128 * 1024;

const upperAddress = /^0x[0-9A-F]{40}$/;

const isValidAddress = (value: string): boolean =>
  upperAddress.test(value) ? isAddress(value.toLowerCase()) : isAddress(value);

/** An address: 20 bytes, all lower case, all upper case, or with a right EIP-55 checksum. Given back with its checksum. */
export const addressSchema = v.pipe(
  v.string(),
  v.check(isValidAddress, 'must be an address of 20 bytes with a right checksum'),
  v.transform((value): Address => getAddress(value.toLowerCase())),
);

/** Bytes as even-length hex with 0x, lower-cased. */
export const bytesSchema = v.pipe(
  v.string(),
  v.regex(/^0x(?:[0-9a-fA-F]{2})*$/, 'must be bytes in hex with 0x'),
  v.maxLength(2 + 2 * maxHexBytes, `must not be longer than ${maxHexBytes} bytes`),
  v.transform((value) => value.toLowerCase() as Hex),
);

/** A 4-byte function selector. */
export const selectorSchema = v.pipe(bytesSchema, v.length(10, 'must be a selector of 4 bytes'));

/** A 32-byte word, such as a permissionId or a hash. */
export const wordSchema = v.pipe(bytesSchema, v.length(66, 'must be 32 bytes'));

const maxUint256 = 2n ** 256n - 1n;

/** An amount below 2^256: a hex quantity (`0x0a`, `0xa`) or decimal digits. Given back as bigint. */
export const amountSchema = v.pipe(
  v.string(),
  v.regex(/^(?:0x[0-9a-fA-F]{1,64}|\d{1,78})$/, 'must be an amount as a hex quantity or decimal digits'),
  v.transform((value) => BigInt(value)),
  v.maxValue(maxUint256, 'must be below 2^256'),
);

/** A chain id: a number, decimal digits, or a hex quantity. One canonical number inside. */
export const chainIdSchema = v.pipe(
  v.union([
    v.number(),
    v.pipe(v.string(), v.regex(/^(?:0x[0-9a-fA-F]{1,14}|\d{1,16})$/), v.transform(Number)),
  ]),
  v.safeInteger('must be a whole number'),
  v.minValue(1, 'must be above 0'),
);

/** The name that a dapp gives to a request, so that asking again attaches to it and never runs it twice. */
export const requestIdSchema = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9._-]{1,128}$/, 'must be 1 to 128 of A-Z a-z 0-9 . _ -'),
);

/** Id of a grant, as the companion gave it. */
export const grantIdSchema = v.pipe(v.string(), v.maxLength(64));

/** Unix seconds within uint48. */
export const timestampSchema = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(2 ** 48 - 1));

/** A fee token on the chain where it is held; the zero address is the chain's own coin. */
export const feeTokenSchema = v.strictObject({ address: addressSchema, chainId: chainIdSchema });

/** A permission on one chain. */
export const permissionReferenceSchema = v.strictObject({ permissionId: wordSchema, chainId: chainIdSchema });
