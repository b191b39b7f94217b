import { type Address, type Hex, toHex, zeroAddress } from 'viem';
import { encodeExecute } from '../../actions/execute';
import { encodeTransfer } from '../../actions/transfer';
import { encodeTransferFrom } from '../../actions/transferFrom';
import { sameAddress } from '../../address';
import { decodeJson, encodeJson } from '../codec';
import { meeUserOpHash, userOpHash } from '../hash';
import { superTransactionRoot } from '../merkle';
import type { QuoteRequest } from '../quoteRequest';
import { parseQuoteResponse, type QuoteResponse } from '../quoteResponse';
import { superTransactionTypedHash } from '../typedData';

export const node: Address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const paymasterAndData: Hex = `0xc4AF4303DA775B2290BaDd3a56a9fA17E58a5D8A${'00'.repeat(32)}`;

/** How a node hashes a quote. */
type Hashing = 'root' | 'rootWithoutPayment' | 'typed' | 'typedWithoutPayment';

const paymentCallData = ({ paymentInfo, trigger }: QuoteRequest, fee: bigint): Hex => {
  const { token, eoa, chainId, sponsored } = paymentInfo;
  if (sponsored) return '0x';
  if (token === zeroAddress) return encodeExecute([{ to: node, value: fee, data: '0x' }]);
  const fromOwner =
    eoa !== undefined &&
    trigger !== undefined &&
    sameAddress(trigger.tokenAddress, token) &&
    BigInt(trigger.chainId) === chainId;
  const data = fromOwner ? encodeTransferFrom(eoa, node, fee) : encodeTransfer(node, fee);
  return encodeExecute([{ to: token, value: 0n, data }]);
};

/** Hash over the operations of an answer. */
export const hashOf = ({ userOps }: Pick<QuoteResponse, 'userOps'>, hashing: Hashing): Hex => {
  const signed = hashing.endsWith('WithoutPayment') ? userOps.slice(1) : userOps;
  if (hashing.startsWith('root')) return superTransactionRoot(signed.map((op) => op.meeUserOpHash));
  return superTransactionTypedHash(
    signed.map((op) => ({
      userOpHash: op.userOpHash,
      lowerBoundTimestamp: BigInt(op.lowerBoundTimestamp),
      upperBoundTimestamp: BigInt(op.upperBoundTimestamp),
    })),
  );
};

/** The answer of an honest node to a request, which pays itself `fee`. */
export const filledQuote = (request: QuoteRequest, fee: bigint, hashing: Hashing = 'root'): QuoteResponse => {
  const { userOps, paymentInfo, quoteType } = request;
  const payment = {
    ...paymentInfo,
    callData: paymentCallData(request, fee),
    isCleanUpUserOp: false,
    lowerBoundTimestamp: Math.min(...userOps.map((op) => op.lowerBoundTimestamp)),
    upperBoundTimestamp: Math.max(...userOps.map((op) => op.upperBoundTimestamp)),
  };
  const filled = [payment, ...userOps].map((op) => {
    const initCode = 'initCode' in op ? op.initCode : undefined;
    const shortEncoding = 'shortEncoding' in op ? (op.shortEncoding ?? false) : false;
    const userOp = {
      sender: op.sender,
      nonce: op.nonce.toString(),
      initCode: initCode ?? ('0x' as const),
      callData: op.callData,
      callGasLimit: '6000000',
      verificationGasLimit: '500000',
      maxFeePerGas: '1000014',
      maxPriorityFeePerGas: '1000000',
      paymasterAndData,
      preVerificationGas: '60000',
    };
    const hash = userOpHash(userOp, op.chainId);
    const { lowerBoundTimestamp: lower, upperBoundTimestamp: upper } = op;
    return {
      userOp,
      userOpHash: hash,
      meeUserOpHash: shortEncoding ? hash : meeUserOpHash(hash, BigInt(lower), BigInt(upper)),
      lowerBoundTimestamp: String(lower),
      upperBoundTimestamp: String(upper),
      maxGasLimit: '6560000',
      maxFeePerGas: '1000014',
      chainId: op.chainId.toString(),
      shortEncoding,
      isCleanUpUserOp: op.isCleanUpUserOp,
      ...('eip7702Auth' in op ? { eip7702Auth: op.eip7702Auth } : {}),
      ...('sessionDetails' in op ? { sessionDetails: op.sessionDetails } : {}),
    };
  });
  const answer = {
    hash: toHex(0, { size: 32 }),
    node,
    commitment: '0x',
    quoteType,
    paymentInfo: { ...paymentInfo, tokenAmount: '0', tokenWeiAmount: fee, tokenValue: '0' },
    userOps: filled,
  };
  const parsed = parseQuoteResponse(decodeJson(encodeJson(answer)));
  return { ...parsed, hash: hashOf(parsed, hashing) };
};
