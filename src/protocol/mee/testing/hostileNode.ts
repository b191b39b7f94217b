import { meeUserOpHash, userOpHash } from '../hash';
import { superTransactionRoot } from '../merkle';
import { parseQuoteResponse, type QuoteResponse } from '../quoteResponse';

/** A change that a hostile node makes to its answer. */
export type Change = (response: QuoteResponse) => object;

type QuotedUserOp = QuoteResponse['userOps'][number];

/** Makes every hash of a changed quote consistent again, as a hostile node would. */
export const rehash = (response: QuoteResponse): QuoteResponse => {
  const userOps = response.userOps.map((quoted) => {
    const hash = userOpHash(quoted.userOp, BigInt(quoted.chainId));
    const bounds = [BigInt(quoted.lowerBoundTimestamp), BigInt(quoted.upperBoundTimestamp)] as const;
    return {
      ...quoted,
      userOpHash: hash,
      meeUserOpHash: quoted.shortEncoding ? hash : meeUserOpHash(hash, ...bounds),
    };
  });
  return { ...response, userOps, hash: superTransactionRoot(userOps.map(({ meeUserOpHash: leaf }) => leaf)) };
};

/** Changes one operation. */
export const changeOp =
  (index: number, change: (op: QuotedUserOp) => object): Change =>
  (response) => ({
    ...response,
    userOps: response.userOps.map((op, at) => (at === index ? { ...op, ...change(op) } : op)),
  });

/** Changes members of the user operation inside. */
export const changeUserOp = (index: number, changes: object): Change =>
  changeOp(index, (op) => ({ userOp: { ...op.userOp, ...changes } }));

/** Changes the payment's description. */
export const changePayment =
  (changes: object): Change =>
  (response) => ({ ...response, paymentInfo: { ...response.paymentInfo, ...changes } });

/** The answer after a change, with consistent hashes. */
export const hostile = (response: QuoteResponse, change: Change): QuoteResponse =>
  rehash(parseQuoteResponse(change(response)));
