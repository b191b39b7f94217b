import * as v from 'valibot';
import type { Hex } from 'viem';
import type { ExplorerResponse } from '../../protocol/mee/quoteResponse';
import { wordSchema } from '../../rpc/dapp/primitives';
import type { TransactionReference } from '../../rpc/dapp/results';
import type { RpcError } from '../../rpc/errors';
import type { Submission, SubmittedOperation } from '../../storage/records';
import { cleanText } from '../errors/cleanText';
import { unavailable } from '../errors/rpcErrors';

const maxWords = 300;

/**
 * What became of one operation: `dropped` was never included, so it counted nothing on chain. An operation with a role
 * doesn't decide on the request; `open` says that the node has no end for it yet.
 */
export type OperationOutcome = Pick<SubmittedOperation, 'role'> & {
  chainId: number;
  status: 'succeeded' | 'reverted' | 'dropped' | 'open';
  transactionHash?: Hex;
  /** The node's words, cleaned. */
  words?: string;
};

/** What became of every operation, the payment first. */
export type Outcome = readonly OperationOutcome[];

type ExplorerOperation = ExplorerResponse['userOps'][number];

const transactionHashOf = ({ executionData }: ExplorerOperation): Hex | undefined => {
  const parsed = v.safeParse(wordSchema, executionData);
  return parsed.success ? parsed.output : undefined;
};

const operationOutcome = (chainId: number, shown: ExplorerOperation): OperationOutcome | undefined => {
  const transactionHash = transactionHashOf(shown);
  const where = transactionHash === undefined ? {} : { transactionHash };
  const words = { words: cleanText(shown.executionError ?? '', maxWords) };
  switch (shown.executionStatus) {
    case 'MINED_SUCCESS':
      return transactionHash === undefined ? undefined : { chainId, status: 'succeeded', ...where };
    case 'MINED_FAIL':
      if (shown.isConfirmed === false) return undefined;
      return { chainId, status: 'reverted', ...where, ...words };
    case 'FAILED':
      return { chainId, status: 'dropped', ...words };
    default:
      return undefined;
  }
};

const placedOutcome = (
  { chainId, role }: SubmittedOperation,
  shown: ExplorerOperation | undefined,
): OperationOutcome | undefined => {
  const outcome = shown && operationOutcome(chainId, shown);
  if (role === undefined) return outcome;
  return { ...(outcome ?? { chainId, status: 'open' }), role };
};

/** The outcome once the node has one for every operation; undefined while it hasn't, or talks of something else. */
export const outcomeOf = (submission: Submission, explorer: ExplorerResponse): Outcome | undefined => {
  if (explorer.userOps.length !== submission.operations.length) return undefined;
  const outcomes = submission.operations.map((operation, index) =>
    placedOutcome(operation, explorer.userOps[index]),
  );
  const known = outcomes.filter((outcome) => outcome !== undefined);
  return known.length === outcomes.length ? known : undefined;
};

/** Transactions of an outcome: the dapp's operations in their order, then the payment's. */
export const transactionsOf = (outcome: Outcome): readonly TransactionReference[] => {
  const [payment, ...rest] = outcome;
  const references = [...rest, payment].flatMap((one) =>
    one?.transactionHash === undefined || one.role === 'sponsor'
      ? []
      : [{ chainId: one.chainId, transactionHash: one.transactionHash }],
  );
  return [...new Map(references.map((one) => [`${one.chainId} ${one.transactionHash}`, one])).values()];
};

/** The error of an outcome in which not everything succeeded. */
export const failureOf = (outcome: Outcome): RpcError | undefined => {
  const index = outcome.findIndex(({ status, role }) => role === undefined && status !== 'succeeded');
  const failed = outcome[index];
  if (!failed) return undefined;
  const { status, chainId, words } = failed;
  const what = index === 0 ? 'The fee payment' : 'The request';
  const how = status === 'reverted' ? 'was executed and failed' : 'was not executed';
  return unavailable({
    reason: status === 'reverted' ? 'REVERTED' : 'NOT_EXECUTED',
    message: `${what} ${how} on chain ${chainId}${words ? `: ${words}` : '.'}`,
    action:
      index === 0
        ? 'Check that the account holds enough of the fee token, then try again.'
        : 'Check that the call works for this account, then make a new request.',
    details: { chainId, operation: index, ...(words ? { node: words } : {}) },
  });
};
