import { type Address, concatHex, getAddress, type Hex, hexToBigInt, numberToHex, slice } from 'viem';
import { ProtocolError } from '../errors';

/** A nonce that doesn't fit. Codes: `NONCE_HINT`, `NONCE_SEQUENCE`. */
export class NonceError extends ProtocolError {}

const hintModulus = 16_777_215n;
const maxSequence = 2n ** 64n - 1n;

/** The parts of a nonce: a key that the caller chooses and the sequence that EntryPoint counts under it. */
export type NonceParts = { hint: number; mode: Hex; validator: Address; key: bigint; sequence: bigint };

/**
 * Nonce key (uint192) of EntryPoint v0.7 as the account reads it: hint (3 bytes), validation mode, validator.
 * @param hint any non-negative number, the time in milliseconds for instance; taken modulo 2^24 - 1
 * @param mode one byte, see `validationModes`
 * @param validator zero for the default validator of the account
 * @throws NonceError `NONCE_HINT`
 */
export function nonceKey({ hint, mode, validator }: { hint: bigint; mode: Hex; validator: Address }): bigint {
  if (hint < 0n) {
    throw new NonceError('NONCE_HINT', {
      shortMessage: "A nonce hint can't be negative.",
      action: 'Pass the current time in milliseconds.',
    });
  }
  return hexToBigInt(concatHex([numberToHex(hint % hintModulus, { size: 3 }), mode, validator]));
}

/** Nonce of an operation: key, then the sequence that `getNonce` counts (0 under a fresh key). @throws NonceError `NONCE_SEQUENCE` */
export function nonceFromKey(key: bigint, sequence: bigint): bigint {
  if (sequence >= 0n && sequence <= maxSequence) return (key << 64n) | sequence;
  throw new NonceError('NONCE_SEQUENCE', {
    shortMessage: 'A nonce sequence must be from 0 to 2^64 - 1.',
    action: 'Read it from EntryPoint.',
  });
}

/** Takes a nonce apart. */
export function decodeNonce(nonce: bigint): NonceParts {
  const word = numberToHex(nonce, { size: 32 });
  return {
    hint: Number(slice(word, 0, 3)),
    mode: slice(word, 3, 4),
    validator: getAddress(slice(word, 4, 24)),
    key: nonce >> 64n,
    sequence: nonce & maxSequence,
  };
}
