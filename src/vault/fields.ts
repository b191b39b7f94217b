import * as v from 'valibot';
import { bytesToHex } from 'viem/utils';
import type { Bytes } from './aes';

/** A byte field of a stored record, of exactly this length, or of any. */
export const bytesField = (length?: number) =>
  v.pipe(
    v.instance(Uint8Array),
    v.check((value) => length === undefined || value.length === length, 'has another length'),
    v.transform((value): Bytes => new Uint8Array(value)),
  );

export const checksumLength = 32;

export const secondsField = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** One unambiguous byte string of a list of fields, to authenticate or to hash. */
export const canonical = (fields: readonly (string | number | Bytes)[]): Bytes =>
  new TextEncoder().encode(
    JSON.stringify(fields.map((field) => (field instanceof Uint8Array ? bytesToHex(field) : field))),
  );

/**
 * SHA-256 of a list of fields. It tells damage from a wrong password; hash nothing but what is stored in the clear, so
 * that it helps nobody to guess a secret.
 */
export const checksumOf = (fields: Parameters<typeof canonical>[0]): Promise<Bytes> =>
  sha256(canonical(fields));

export const sha256 = async (bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);
