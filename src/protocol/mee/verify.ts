import { type Address, type Hex, size, slice, zeroAddress } from 'viem';
import { decodeExecute } from '../actions/execute';
import { readTransfer } from '../actions/transfer';
import { sameAddress } from '../address';
import { entryPointAddress } from '../constants/addresses';
import { meeUserOpHash, userOpHash } from './hash';
import { superTransactionRoots } from './merkle';
import { QuoteMismatchError, sameNumber, sameText } from './mismatch';
import type { QuoteRequest, RequestedUserOp } from './quoteRequest';
import type { QuoteResponse } from './quoteResponse';

export type VerifyQuoteParameters = {
  /** The request as it was sent. */
  request: QuoteRequest;
  /** The node's answer, parsed. */
  response: QuoteResponse;
  /** Most that the payment may take, in the fee token's smallest unit. */
  maxFee: bigint;
  entryPoint?: Address;
};

/** A quote whose every hash and content was checked against the request. Only this is signed. */
export type VerifiedQuote = {
  /** Root of the supertransaction: what is signed. */
  readonly hash: Hex;
  readonly fee: { token: Address; chainId: number; amount: bigint; recipient: Address };
  /** Hash of each operation, payment first. */
  readonly userOpHashes: readonly Hex[];
  /** Leaves of the root, payment first. */
  readonly leaves: readonly Hex[];
  readonly request: QuoteRequest;
  readonly response: QuoteResponse;
};

type QuotedUserOp = QuoteResponse['userOps'][number];

/** What the request says about one operation of the answer, payment included. */
type Expected = Pick<RequestedUserOp, 'sender' | 'nonce' | 'chainId' | 'shortEncoding'> & { initCode: Hex };

/**
 * Recomputes operation hashes, leaves and root from the operations the node returned and compares their contents
 * with the request. Trusts nothing the node says about them.
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
  const leaves = hashes.map(({ leaf }) => leaf);
  verifyRoot(leaves, response.hash);
  return {
    hash: response.hash,
    fee,
    userOpHashes: hashes.map(({ hash }) => hash),
    leaves,
    request,
    response,
  };
}

function verifyPaymentInfo({ paymentInfo: asked }: QuoteRequest, { paymentInfo: got }: QuoteResponse): void {
  sameText('paymentInfo.sponsored', asked.sponsored, got.sponsored);
  sameText('paymentInfo.sender', asked.sender, got.sender);
  sameText('paymentInfo.token', asked.token, got.token);
  sameNumber('paymentInfo.nonce', asked.nonce, got.nonce);
  sameNumber('paymentInfo.chainId', asked.chainId, got.chainId);
  if (got.eoa !== undefined) throw new QuoteMismatchError('paymentInfo.eoa', 'none', got.eoa);
}

function verifyPayment(
  payment: QuotedUserOp,
  request: QuoteRequest,
  response: QuoteResponse,
  maxFee: bigint,
): VerifiedQuote['fee'] {
  const asked = request.paymentInfo;
  verifyCommon('userOps[0]', payment, {
    ...asked,
    initCode: asked.initCode ?? '0x',
    shortEncoding: asked.shortEncoding ?? false,
  });
  verifyPaymentBounds(payment, request);
  const { recipient, amount } = readPayment(payment.userOp.callData, asked.token);
  sameNumber('paymentInfo.tokenWeiAmount', amount, response.paymentInfo.tokenWeiAmount);
  if (amount > maxFee) throw new QuoteMismatchError('fee', `at most ${maxFee}`, amount);
  return { token: asked.token, chainId: Number(asked.chainId), amount, recipient };
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

function readPayment(callData: Hex, token: Address): { recipient: Address; amount: bigint } {
  const field = 'userOps[0].callData';
  const expected = `one transfer on ${token} with value 0`;
  const calls = readCalls(callData, field, expected);
  const [call] = calls;
  if (call === undefined || calls.length !== 1)
    throw new QuoteMismatchError(field, expected, `${calls.length} calls`);
  if (call.value !== 0n) throw new QuoteMismatchError(field, expected, `value ${call.value}`);
  if (!sameAddress(call.to, token)) throw new QuoteMismatchError(field, expected, `a call of ${call.to}`);
  const transfer = readTransfer(call.data);
  if (transfer === null) throw new QuoteMismatchError(field, expected, call.data);
  return transfer;
}

function readCalls(callData: Hex, field: string, expected: string) {
  try {
    return decodeExecute(callData);
  } catch {
    throw new QuoteMismatchError(field, expected, callData);
  }
}

function verifyUserOp(field: string, requested: RequestedUserOp, quoted: QuotedUserOp): void {
  verifyCommon(field, quoted, { ...requested, initCode: requested.initCode ?? '0x' });
  sameText(`${field}.callData`, requested.callData, quoted.userOp.callData);
  sameNumber(`${field}.lowerBoundTimestamp`, requested.lowerBoundTimestamp, quoted.lowerBoundTimestamp);
  sameNumber(`${field}.upperBoundTimestamp`, requested.upperBoundTimestamp, quoted.upperBoundTimestamp);
  sameText(`${field}.isCleanUpUserOp`, requested.isCleanUpUserOp, quoted.isCleanUpUserOp ?? false);
}

function verifyCommon(field: string, quoted: QuotedUserOp, expected: Expected): void {
  sameText(`${field}.sender`, expected.sender, quoted.userOp.sender);
  sameNumber(`${field}.nonce`, expected.nonce, quoted.userOp.nonce);
  sameText(`${field}.initCode`, expected.initCode, quoted.userOp.initCode);
  sameNumber(`${field}.chainId`, expected.chainId, quoted.chainId);
  sameText(`${field}.shortEncoding`, expected.shortEncoding, quoted.shortEncoding ?? false);
  verifyGasPayer(field, quoted);
}

/** Without a paymaster EntryPoint takes the gas from the account, on top of the agreed fee. */
function verifyGasPayer(field: string, { userOp }: QuotedUserOp): void {
  if (hasPaymaster(userOp.paymasterAndData)) return;
  if (BigInt(userOp.maxFeePerGas) === 0n && BigInt(userOp.maxPriorityFeePerGas) === 0n) return;
  throw new QuoteMismatchError(
    `${field}.paymasterAndData`,
    'a paymaster, or gas fees of zero',
    userOp.paymasterAndData,
  );
}

/** Address (20 bytes) and two gas limits (16 bytes each) are the least that EntryPoint v0.7 reads. */
function hasPaymaster(paymasterAndData: Hex): boolean {
  return size(paymasterAndData) >= 52 && slice(paymasterAndData, 0, 20) !== zeroAddress;
}

function verifyHashes(field: string, quoted: QuotedUserOp, entryPoint: Address): { hash: Hex; leaf: Hex } {
  const hash = recomputedHash(field, quoted, entryPoint);
  sameText(`${field}.userOpHash`, hash, quoted.userOpHash);
  const { lowerBoundTimestamp, upperBoundTimestamp } = quoted;
  const leaf = quoted.shortEncoding
    ? hash
    : meeUserOpHash(hash, BigInt(lowerBoundTimestamp), BigInt(upperBoundTimestamp));
  sameText(`${field}.meeUserOpHash`, leaf, quoted.meeUserOpHash);
  return { hash, leaf };
}

function recomputedHash(field: string, quoted: QuotedUserOp, entryPoint: Address): Hex {
  try {
    return userOpHash(quoted.userOp, BigInt(quoted.chainId), entryPoint);
  } catch {
    throw new QuoteMismatchError(
      `${field}.userOp`,
      'numbers that fit the operation',
      'a number that is too large',
    );
  }
}

function verifyRoot(leaves: readonly Hex[], hash: Hex): void {
  const roots = superTransactionRoots(leaves);
  if (roots.some((root) => root === hash.toLowerCase())) return;
  throw new QuoteMismatchError('hash', roots[0] ?? 'a root', hash);
}
