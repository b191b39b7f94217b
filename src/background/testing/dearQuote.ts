import { encodeExecute } from '../../protocol/actions/execute';
import { encodeTransfer } from '../../protocol/actions/transfer';
import { meeUserOpHash, userOpHash } from '../../protocol/mee/hash';
import { superTransactionRoots } from '../../protocol/mee/merkle';
import { parseQuoteResponse, type QuoteResponse } from '../../protocol/mee/quoteResponse';

/** A quote made consistent around another fee, as a greedy node would make it. */
export const dearQuote = (body: unknown, fee: bigint): QuoteResponse => {
  const quote = parseQuoteResponse(body);
  const [payment, ...rest] = quote.userOps;
  if (!payment) throw new RangeError('The quote has no payment.');
  const transfer = { to: quote.paymentInfo.token, value: 0n, data: encodeTransfer(quote.node, fee) };
  const userOp = { ...payment.userOp, callData: encodeExecute([transfer]) };
  const hash = userOpHash(userOp, BigInt(payment.chainId));
  const leaf = payment.shortEncoding
    ? hash
    : meeUserOpHash(hash, BigInt(payment.lowerBoundTimestamp), BigInt(payment.upperBoundTimestamp));
  const userOps = [{ ...payment, userOp, userOpHash: hash, meeUserOpHash: leaf }, ...rest];
  const [root] = superTransactionRoots(userOps.map(({ meeUserOpHash: one }) => one));
  if (!root) throw new RangeError('The quote has no root.');
  return {
    ...quote,
    userOps,
    hash: root,
    paymentInfo: { ...quote.paymentInfo, tokenWeiAmount: fee.toString() },
  };
};
