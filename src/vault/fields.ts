import * as v from 'valibot';
import { bytesToHex } from 'viem/utils';
import type { Bytes } from './aes';

/** A byte field of a stored record, of exactly this length. */
export const bytesField = (length: number) =>
  v.pipe(
    v.instance(Uint8Array),
    v.check((value) => value.length === length, `must be ${length} bytes`),
    v.transform((value): Bytes => new Uint8Array(value)),
  );

export const secondsField = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** One unambiguous byte string of a list of fields, to authenticate or to hash. */
export const canonical = (fields: readonly (string | number | Bytes)[]): Bytes =>
  new TextEncoder().encode(
    JSON.stringify(fields.map((field) => (field instanceof Uint8Array ? bytesToHex(field) : field))),
  );
