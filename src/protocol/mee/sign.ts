import { type Hex, hashMessage } from 'viem';
import { assertSigning } from './signing';
import { superTransactionTypedData, superTransactionTypedHash } from './typedData';
import type { VerifiedQuote } from './verify';

export { encodeSimpleSignature } from './clientSignature';
export { buildExecRequest } from './exec';

/**
 * What a key signs for a whole simple supertransaction: below MEE 2.2.1 the personal_sign digest (ERC-191) of the raw
 * 32-byte hash, from there on the hash of the typed data (EIP-712). Takes a verified quote only, so nothing unchecked
 * is ever signed.
 * @throws SigningKindError for quotes that are not signed as a whole
 */
export function superTransactionDigest(quote: VerifiedQuote): Hex {
  if (quote.signing === 'typedData') return superTransactionTypedHash(quote.items);
  assertSigning(quote, 'personal');
  return hashMessage({ raw: quote.hash });
}

/** The typed data behind `superTransactionDigest`, for a wallet that shows it. @throws SigningKindError */
export function quoteTypedData(quote: VerifiedQuote) {
  assertSigning(quote, 'typedData');
  return superTransactionTypedData(quote.items);
}

/**
 * What a session key signs in MEE 2.2.1, operation by operation: the personal_sign digest of each operation hash.
 * A sponsor's payment is not among them.
 * @throws SigningKindError
 */
export function operationDigests(quote: VerifiedQuote): readonly Hex[] {
  assertSigning(quote, 'eachOperation');
  const own = quote.sponsored ? quote.userOpHashes.slice(1) : quote.userOpHashes;
  return own.map((hash) => hashMessage({ raw: hash }));
}
