import type { Address, Hex } from 'viem';
import { sameAddress } from '../address';
import { entryPointAddress } from '../constants/addresses';
import { superTransactionRoots } from './merkle';
import { QuoteMismatchError, sameText } from './mismatch';
import type { QuoteRequest } from './quoteRequest';
import type { QuoteResponse } from './quoteResponse';
import { defaultSponsor } from './sponsorship';
import { type SuperTransactionItem, superTransactionTypedHash } from './typedData';
import { type OperationHashes, type QuotedUserOp, verifyHashes, verifyUserOp } from './verifyOperation';
import { type QuoteFee, verifyPayment, verifyPaymentInfo } from './verifyPayment';

export type { QuoteFee } from './verifyPayment';

export type VerifyQuoteParameters = {
  /** The request as it was sent. */
  request: QuoteRequest;
  /** The node's answer, parsed; for a sponsor of its own the answer that the sponsor signed. */
  response: QuoteResponse;
  /** Most that the payment may take, in the fee token's smallest unit. */
  maxFee: bigint;
  entryPoint?: Address;
};

/**
 * What is signed for a quote: the raw hash as a personal message; the operations as typed data; every operation by
 * itself; a permit whose deadline is the hash; a transaction whose calldata ends with the hash.
 */
export type QuoteSigning = 'personal' | 'typedData' | 'eachOperation' | 'permit' | 'onchain';

/** A quote whose every hash and content was checked against the request. Only this is signed. */
export type VerifiedQuote = {
  /** Hash of the supertransaction. */
  readonly hash: Hex;
  readonly signing: QuoteSigning;
  readonly fee: QuoteFee;
  /** Whether somebody else pays; then `fee.amount` is 0. */
  readonly sponsored: boolean;
  /** Hash of each operation, payment first. */
  readonly userOpHashes: readonly Hex[];
  /** Leaves of the tree over the operations, payment first. */
  readonly leaves: readonly Hex[];
  /** The operations as typed data lists them. */
  readonly items: readonly SuperTransactionItem[];
  readonly request: QuoteRequest;
  readonly response: QuoteResponse;
};

/**
 * Recomputes operation hashes, leaves and root (or typed data) from the operations the node returned and compares
 * their contents with the request. Trusts nothing the node says about them.
 * @throws QuoteMismatchError naming the first field that differs
 */
export function verifyQuote(parameters: VerifyQuoteParameters): VerifiedQuote {
  const { request, response, maxFee, entryPoint = entryPointAddress } = parameters;
  sameText('quoteType', request.quoteType, response.quoteType ?? request.quoteType);
  const [payment, ...rest] = response.userOps;
  if (payment === undefined || rest.length !== request.userOps.length) {
    throw new QuoteMismatchError('userOps.length', request.userOps.length + 1, response.userOps.length);
  }
  verifyPaymentInfo(request, response);
  const fee = verifyPayment(payment, request, response, maxFee);
  const hashes = [verifyHashes('userOps[0]', payment, entryPoint)];
  request.userOps.forEach((requested, position) => {
    const quoted = rest[position];
    if (quoted === undefined) return;
    const field = `userOps[${position + 1}]`;
    verifyUserOp(field, requested, quoted);
    hashes.push(verifyHashes(field, quoted, entryPoint));
  });
  const signing = signingOf(request);
  const items = itemsOf(response.userOps, hashes);
  const leaves = hashes.map(({ leaf }) => leaf);
  verifyHash(response.hash, signing, leaves, items, request);
  return {
    hash: response.hash,
    signing,
    fee,
    sponsored: request.paymentInfo.sponsored,
    userOpHashes: hashes.map(({ hash }) => hash),
    leaves,
    items: paysByDefaultSponsor(request) ? items.slice(1) : items,
    request,
    response,
  };
}

function signingOf({ quoteType, meeVersions, userOps }: QuoteRequest): QuoteSigning {
  if (quoteType !== 'simple') return quoteType;
  const typed = meeVersions.some(({ version }) => version.version !== '2.0.0' && version.version !== '2.1.0');
  if (!typed) return 'personal';
  return userOps.every(({ shortEncoding }) => shortEncoding) ? 'eachOperation' : 'typedData';
}

function itemsOf(
  userOps: readonly QuotedUserOp[],
  hashes: readonly OperationHashes[],
): readonly SuperTransactionItem[] {
  return hashes.map(({ hash }, index) => ({
    userOpHash: hash,
    lowerBoundTimestamp: BigInt(userOps[index]?.lowerBoundTimestamp ?? 0),
    upperBoundTimestamp: BigInt(userOps[index]?.upperBoundTimestamp ?? 0),
  }));
}

/** The payment of the public network's own gas tank is never executed and not part of what is signed as typed data. */
function paysByDefaultSponsor({ paymentInfo }: QuoteRequest): boolean {
  return paymentInfo.sponsored && sameAddress(paymentInfo.sender, defaultSponsor.gasTank.address);
}

/** Every hash that commits to exactly these operations; where each is signed by itself the hash is a mere name. */
function verifyHash(
  hash: Hex,
  signing: QuoteSigning,
  leaves: readonly Hex[],
  items: readonly SuperTransactionItem[],
  request: QuoteRequest,
): void {
  const withoutPayment = paysByDefaultSponsor(request);
  const roots = [
    ...superTransactionRoots(leaves),
    ...(withoutPayment ? superTransactionRoots(leaves.slice(1)) : []),
  ];
  const typed = superTransactionTypedHash(withoutPayment ? items.slice(1) : items);
  const accepted =
    signing === 'typedData' ? [typed] : signing === 'eachOperation' ? [typed, ...roots] : roots;
  if (accepted.some((known) => known === hash.toLowerCase())) return;
  throw new QuoteMismatchError('hash', accepted[0] ?? 'a hash of the operations', hash);
}
