import { setTimeout as delay } from 'node:timers/promises';
import type { Hex } from 'viem';
import { authorizationFault, isDelegated } from './authorization';
import { type ConnectedChain, nextBlockTime, wallClock } from './chain';
import type { Execution, OpStatus } from './execution';
import { type Outcome, sendHandleOps, simulateHandleOps } from './handleOps';
import type { RevertReason } from './revertReason';
import { type Submission, signatureOf } from './submission';
import type { SuperOp } from './supertransaction';

/** How long a refusal that isn't a condition may take to go away (milliseconds). */
const refusalPatience = 1_500;

/** Longest time between two looks at the clock (milliseconds). */
const longestWait = 1_000;

/** What one run of a supertransaction works with. */
type Run = {
  execution: Execution;
  submission: Submission;
  chains: ReadonlyMap<number, ConnectedChain>;
  /** Set when the node stops. */
  stopped: AbortSignal;
};

/** One operation of a run and the chain it belongs to. */
type Place = { op: SuperOp; index: number; chain: ConnectedChain };

const failed = (executionError: string): OpStatus => ({
  executionStatus: 'FAILED',
  executionError,
  isConfirmed: true,
});

/** What the explorer tells about a payment that a trusted sponsor settles elsewhere. */
const settledElsewhere: OpStatus = {
  executionStatus: 'MINED_SUCCESS',
  executionError: '',
  isConfirmed: true,
};

/** Whether waiting may help: a composable condition that isn't met yet, or a nonce that isn't due yet. */
const isCondition = ({ names }: RevertReason): boolean =>
  names.some((name) => name === 'ConstraintNotMet' || name.startsWith('AA25'));

/**
 * What follows from a simulation. A user operation whose calls revert is sent all the same, since it is paid for;
 * a payment isn't.
 */
function judge(outcome: Outcome, isPayment: boolean, patient: boolean): 'send' | 'wait' | 'fail' {
  if (outcome.kind === 'success') return 'send';
  if (isCondition(outcome.reason)) return 'wait';
  if (outcome.kind === 'reverted') return isPayment ? 'fail' : 'send';
  return patient ? 'wait' : 'fail';
}

/** Waits until the next block of the chain may carry the operation. */
async function waitForLowerBound({ op, chain }: Place, stopped: AbortSignal): Promise<void> {
  for (;;) {
    const now = Math.min(wallClock(), Number(await nextBlockTime(chain)));
    if (now >= op.lowerBoundTimestamp) return;
    const left = (op.lowerBoundTimestamp - now) * 1000;
    await delay(Math.min(left, longestWait), undefined, { signal: stopped });
  }
}

/** A chain passes over an authorization that doesn't fit, and tells nobody. */
async function delegationFault({ op, chain }: Place): Promise<string | undefined> {
  const { authorization, userOp } = op;
  if (authorization === undefined || (await isDelegated(chain, userOp.sender, authorization)))
    return undefined;
  return authorizationFault(chain, userOp.sender, authorization);
}

/** Simulates until the operation can be sent. Gives the status that ends it unsent, if it can't. */
async function waitUntilReady(run: Run, place: Place, packed: Hex): Promise<OpStatus | undefined> {
  const { op, index, chain } = place;
  await waitForLowerBound(place, run.stopped);
  const patienceEnds = Date.now() + refusalPatience;
  let last = '';
  for (;;) {
    const time = await nextBlockTime(chain);
    if (time > BigInt(op.upperBoundTimestamp)) {
      return failed(`The time window of the operation is over${last}`);
    }
    const fault = await delegationFault(place);
    if (fault !== undefined) return failed(`${fault}.`);
    const outcome = await simulateHandleOps(chain, op, packed, time);
    const next = judge(outcome, index === 0, Date.now() < patienceEnds);
    if (outcome.kind === 'success' || next === 'send') return undefined;
    if (next === 'fail') return failed(outcome.reason.text);
    last = `: ${outcome.reason.text}`;
    await delay(op.retryDelay, undefined, { signal: run.stopped });
  }
}

async function runOp(run: Run, index: number, op: SuperOp): Promise<OpStatus> {
  const chain = run.chains.get(op.chainId);
  if (chain === undefined) return failed(`Chain ${op.chainId} is not supported by this node.`);
  const packed = signatureOf(run.execution.supertransaction, run.submission, op, index);
  const early = await waitUntilReady(run, { op, index, chain }, packed);
  if (early !== undefined) return early;
  const mined = await sendHandleOps(chain, op, packed, (executionData) => {
    const status: OpStatus = {
      executionStatus: 'MINING',
      executionData,
      executionError: '',
      isConfirmed: false,
    };
    run.execution.statuses[index] = status;
  });
  return {
    executionStatus: mined.kind === 'success' ? 'MINED_SUCCESS' : 'MINED_FAIL',
    executionData: mined.transactionHash,
    executionError: mined.kind === 'success' ? '' : mined.reason.text,
    isConfirmed: true,
    gasUsed: mined.gasUsed,
  };
}

async function settleOp(run: Run, index: number, op: SuperOp): Promise<OpStatus> {
  let status: OpStatus;
  try {
    status = await runOp(run, index, op);
  } catch (cause) {
    status = failed(run.stopped.aborted ? 'The node was stopped.' : String(cause));
  }
  run.execution.statuses[index] = status;
  return status;
}

/**
 * Runs a signed supertransaction to its end: the payment alone first, then every chain in parallel with its
 * operations in order. A payment that fails ends all. Never rejects; the outcome is in `execution.statuses`.
 */
export async function execute(run: Run): Promise<void> {
  const { ops, paidBy } = run.execution.supertransaction;
  const [payment, ...userOps] = ops.map((op, index) => ({ op, index }));
  if (payment === undefined) return;
  if (paidBy === 'trusted') run.execution.statuses[payment.index] = settledElsewhere;
  const paid = paidBy === 'trusted' ? settledElsewhere : await settleOp(run, payment.index, payment.op);
  if (paid.executionStatus !== 'MINED_SUCCESS') {
    for (const { index } of userOps) {
      run.execution.statuses[index] = failed(`Payment failed: ${paid.executionError}`);
    }
    return;
  }
  const chainIds = new Set(userOps.map(({ op }) => op.chainId));
  await Promise.all(
    [...chainIds].map(async (chainId) => {
      const lane = userOps.filter(({ op }) => op.chainId === chainId);
      for (const { op, index } of lane) await settleOp(run, index, op);
    }),
  );
}
