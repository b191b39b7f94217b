import type { Address, Hex } from 'viem';
import type { Call } from '../actions/call';
import { maxUint256 } from '../word';

/** What a policy check may look at. */
export type CheckContext = {
  /** The smart account that calls. */
  account: Address;
  call: Call;
  /** Unix seconds of the block that would include the call. */
  time: number;
  /** Amount already used under this policy, by counter name; missing means nothing was used. */
  used: (counter: string) => bigint | undefined;
};

/** How a policy's refusal shows on chain: SmartSession's error, or EntryPoint's `AA22` for a time window. */
export type PolicyRefusal = 'PolicyViolation' | 'PolicyCheckReverted' | 'AA22';

/** Why a policy refuses a call. */
export type CheckFailure = {
  /** Stable UPPER_SNAKE string. */
  code: string;
  chainRefusal: PolicyRefusal;
  /** Index of the universal rule. */
  rule?: number;
  expected: string;
  got: string;
  /** What is left of a counted limit before this call. */
  remaining?: bigint;
  /** One sentence a person understands. */
  message: string;
};

/** The counters after a call that passed (counter name to new amount), or why it is refused. */
export type CheckResult =
  | { ok: true; counters: Readonly<Record<string, bigint>> }
  | { ok: false; failure: CheckFailure };

/** What a description may look at. */
export type DescribeContext = { target: Address; selector: Hex };

/** A pass that counts nothing. */
export const passed: CheckResult = { ok: true, counters: {} };

/** A refusal. */
export function refused(failure: CheckFailure): CheckResult {
  return { ok: false, failure };
}

/** How a counted limit refuses a sum above it: the contracts add with overflow checks, so beyond 256 bits they revert. */
export function overLimit(sum: bigint): PolicyRefusal {
  return sum > maxUint256 ? 'PolicyCheckReverted' : 'PolicyViolation';
}
