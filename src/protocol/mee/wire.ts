import * as v from 'valibot';
import { type Address, type Hex, isAddress, isHex } from 'viem';

/** Longest byte string that a node may send in one field, in characters. */
const maxHexLength = 1_000_000;

/** Any byte string, even number of digits. */
export const bytesSchema = v.custom<Hex>(
  (input) =>
    typeof input === 'string' &&
    input.length <= maxHexLength &&
    input.length % 2 === 0 &&
    isHex(input, { strict: true }),
  'expected bytes as hex',
);

/** 32 bytes. */
export const hashSchema = v.custom<Hex>(
  (input) => typeof input === 'string' && input.length === 66 && isHex(input, { strict: true }),
  'expected 32 bytes as hex',
);

/** An address in any letter case. */
export const addressSchema = v.custom<Address>(
  (input) => typeof input === 'string' && isAddress(input, { strict: false }),
  'expected an address',
);

/** An unsigned integer as decimal text, at most 78 digits. */
export const decimalSchema = v.pipe(
  v.string(),
  v.regex(/^(?:0|[1-9]\d{0,77})$/, 'expected an unsigned integer as decimal text'),
);

/** Short text, such as a name. */
export const textSchema = v.pipe(v.string(), v.maxLength(10_000));
