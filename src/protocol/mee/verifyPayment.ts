import { type Address, type Hex, size, zeroAddress } from 'viem';
import type { Call } from '../actions/call';
import { decodeExecute } from '../actions/execute';
import { readTransfer } from '../actions/transfer';
import { readTransferFrom } from '../actions/transferFrom';
import { sameAddress } from '../address';
import { QuoteMismatchError, sameNumber, sameText } from './mismatch';
import type { QuoteRequest } from './quoteRequest';
import type { QuoteResponse } from './quoteResponse';
import { type QuotedUserOp, verifyCommon } from './verifyOperation';

/** What a supertransaction costs. */
export type QuoteFee = {
  token: Address;
  chainId: number;
  /** Smallest unit of the token; 0 when somebody else pays. */
  amount: bigint;
  recipient: Address;
  /** The account, or the owner where a trigger brings the money. */
  payer: Address;
};

const field = 'userOps[0].callData';

/** Compares the node's `paymentInfo` with the request's. @throws QuoteMismatchError */
export function verifyPaymentInfo({ paymentInfo: asked }: QuoteRequest, response: QuoteResponse): void {
  const { paymentInfo: got } = response;
  sameText('paymentInfo.sponsored', asked.sponsored, got.sponsored);
  sameText('paymentInfo.sender', asked.sender, got.sender);
  sameText('paymentInfo.token', asked.token, got.token);
  sameNumber('paymentInfo.chainId', asked.chainId, got.chainId);
  sameText('paymentInfo.eoa', asked.eoa ?? 'none', got.eoa ?? 'none');
  if (!asked.sponsored) sameNumber('paymentInfo.nonce', asked.nonce, got.nonce);
}

/**
 * Checks the payment: one transfer of the fee to the node, from the account, or from the owner by `transferFrom` where
 * a trigger brings the token that fees are paid in.
 * @throws QuoteMismatchError
 */
export function verifyPayment(
  payment: QuotedUserOp,
  request: QuoteRequest,
  response: QuoteResponse,
  maxFee: bigint,
): QuoteFee {
  const { paymentInfo: asked } = request;
  if (asked.sponsored) return verifySponsored(payment, request, response.node);
  verifyCommon('userOps[0]', { ...asked, shortEncoding: asked.shortEncoding ?? false }, payment);
  verifyPaymentBounds(payment, request);
  const payer = feePayer(request);
  const { recipient, amount } = readPayment(payment.userOp.callData, asked.token, payer, asked.sender);
  if (!sameAddress(recipient, response.node)) {
    throw new QuoteMismatchError(field, `a transfer to the node ${response.node}`, recipient);
  }
  sameNumber('paymentInfo.tokenWeiAmount', amount, response.paymentInfo.tokenWeiAmount);
  if (amount > maxFee) throw new QuoteMismatchError('fee', `at most ${maxFee}`, amount);
  return { token: asked.token, chainId: Number(asked.chainId), amount, recipient, payer };
}

/** Who the fee is taken from. */
function feePayer({ paymentInfo, trigger }: QuoteRequest): Address {
  const { sender, eoa, token, chainId } = paymentInfo;
  const fromOwner =
    eoa !== undefined &&
    trigger !== undefined &&
    token !== zeroAddress &&
    sameAddress(trigger.tokenAddress, token) &&
    BigInt(trigger.chainId) === chainId;
  return fromOwner ? eoa : sender;
}

/** A sponsor's payment is none of the account's business, as long as it is not the account that makes it. */
function verifySponsored(payment: QuotedUserOp, request: QuoteRequest, node: Address): QuoteFee {
  const { paymentInfo, userOps } = request;
  sameText('userOps[0].sender', paymentInfo.sender, payment.userOp.sender);
  const own = userOps.find(({ sender }) => sameAddress(sender, payment.userOp.sender));
  if (own !== undefined) throw new QuoteMismatchError('userOps[0].sender', 'a sponsor', own.sender);
  return {
    token: paymentInfo.token,
    chainId: Number(paymentInfo.chainId),
    amount: 0n,
    recipient: node,
    payer: paymentInfo.sender,
  };
}

/** The payment has no bounds of its own in the request: it must stay inside those of the operations. */
function verifyPaymentBounds(payment: QuotedUserOp, request: QuoteRequest): void {
  const lower = Math.min(...request.userOps.map((userOp) => userOp.lowerBoundTimestamp));
  const upper = Math.max(...request.userOps.map((userOp) => userOp.upperBoundTimestamp));
  if (BigInt(payment.lowerBoundTimestamp) < BigInt(lower)) {
    throw new QuoteMismatchError(
      'userOps[0].lowerBoundTimestamp',
      `at least ${lower}`,
      payment.lowerBoundTimestamp,
    );
  }
  if (BigInt(payment.upperBoundTimestamp) > BigInt(upper)) {
    throw new QuoteMismatchError(
      'userOps[0].upperBoundTimestamp',
      `at most ${upper}`,
      payment.upperBoundTimestamp,
    );
  }
}

function readPayment(callData: Hex, token: Address, payer: Address, account: Address) {
  const fromOwner = !sameAddress(payer, account);
  const expected =
    token === zeroAddress
      ? 'one plain transfer'
      : `one ${fromOwner ? `transferFrom of ${payer}` : 'transfer'} on ${token} with value 0`;
  const call = onlyCall(callData, expected);
  if (token === zeroAddress) return readNative(call, expected);
  if (call.value !== 0n) throw new QuoteMismatchError(field, expected, `value ${call.value}`);
  if (!sameAddress(call.to, token)) throw new QuoteMismatchError(field, expected, `a call of ${call.to}`);
  const transfer = fromOwner ? readFromOwner(call.data, payer) : readTransfer(call.data);
  if (transfer === null) throw new QuoteMismatchError(field, expected, call.data);
  return transfer;
}

function readFromOwner(data: Hex, owner: Address) {
  const transfer = readTransferFrom(data);
  return transfer !== null && sameAddress(transfer.from, owner) ? transfer : null;
}

function readNative({ to, value, data }: Call, expected: string): { recipient: Address; amount: bigint } {
  if (size(data) > 0) throw new QuoteMismatchError(field, expected, data);
  return { recipient: to, amount: value };
}

function onlyCall(callData: Hex, expected: string): Call {
  const calls = readCalls(callData, expected);
  const [call] = calls;
  if (call !== undefined && calls.length === 1) return call;
  throw new QuoteMismatchError(field, expected, `${calls.length} calls`);
}

function readCalls(callData: Hex, expected: string): readonly Call[] {
  try {
    return decodeExecute(callData);
  } catch {
    throw new QuoteMismatchError(field, expected, callData);
  }
}
