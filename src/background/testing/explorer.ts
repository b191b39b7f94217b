import type { ExplorerResponse } from '../../protocol/mee/quoteResponse';
import type { Submission } from '../../storage/records';
import { account, token } from './records';

const word = (byte: string) => `0x${byte.repeat(32)}` as const;

type Operation = ExplorerResponse['userOps'][number];
export type Execution = Pick<
  Operation,
  'executionStatus' | 'executionData' | 'executionError' | 'isConfirmed'
>;

/** A payment and two operations on two chains. */
export const submission: Submission = {
  hash: word('42'),
  body: '{}',
  upperBound: 1_180,
  operations: [
    { chainId: 8453, nonce: 1n << 64n, userOpHash: word('01') },
    { chainId: 8453, nonce: 2n << 64n, userOpHash: word('02') },
    { chainId: 10, nonce: 3n << 64n, userOpHash: word('03') },
  ],
};

const operation = (execution: Execution): Operation => ({
  userOp: {
    sender: account,
    nonce: '0',
    initCode: '0x',
    callData: '0x',
    callGasLimit: '0',
    verificationGasLimit: '0',
    maxFeePerGas: '0',
    maxPriorityFeePerGas: '0',
    paymasterAndData: '0x',
    preVerificationGas: '0',
  },
  userOpHash: word('00'),
  meeUserOpHash: word('00'),
  lowerBoundTimestamp: '1000',
  upperBoundTimestamp: '1180',
  maxGasLimit: '0',
  maxFeePerGas: '0',
  chainId: '8453',
  ...execution,
});

/** What the node's explorer says of a supertransaction. */
export const explorerAnswer = (...executions: readonly Execution[]): ExplorerResponse => ({
  hash: word('42'),
  node: account,
  commitment: '0x',
  quoteType: 'simple',
  paymentInfo: {
    sponsored: false,
    sender: account,
    token,
    nonce: '0',
    chainId: '8453',
    tokenAmount: '0',
    tokenWeiAmount: '0',
    tokenValue: '0',
  },
  userOps: executions.map(operation),
});

/** An operation that was mined in a transaction named by one byte. */
export const mined = (byte: string): Execution => ({
  executionStatus: 'MINED_SUCCESS',
  executionData: word(byte),
});
