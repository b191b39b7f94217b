import type { Address, Hex } from 'viem';
import type { PolicyType } from '../policies/policy';

/** Codes of refusals that don't come from a policy. Policy checks add their own (`CheckFailure.code`). */
export type ScopeDenialCode =
  | 'NO_CALLS'
  | 'SESSION_UNUSABLE'
  | 'ESCALATION_TARGET'
  | 'ACTION_NOT_GRANTED'
  | 'FEE_BUDGET_ONLY'
  | 'FEE_BUDGET_MISSING'
  | 'FEE_BUDGET_EXCEEDED'
  | 'NATIVE_TRANSFER_CARRIES_DATA'
  | 'ARGUMENTS_UNREADABLE'
  | 'POLICY_UNREADABLE';

/** Why calls are outside the grant. */
export type Denial = {
  /** Stable UPPER_SNAKE string: a `ScopeDenialCode` or the code of a policy check. */
  code: string;
  /** Position of the call in the batch; null when the whole request or session is at fault. */
  callIndex: number | null;
  target?: Address;
  /** The selector under which the chain files the call; `0xffffffff` for fewer than four bytes. */
  selector?: Hex;
  policy?: PolicyType;
  /** Index of the universal rule. */
  rule?: number;
  expected: string;
  got: string;
  /** What is left of a counted limit before this call, in the limit's own unit. */
  remaining?: bigint;
  /** One sentence a person understands. */
  message: string;
};

/** A denial of the request or session as a whole. */
export function wholeDenial(
  code: ScopeDenialCode,
  parts: { expected: string; got: string; message: string },
): Denial {
  return { code, callIndex: null, ...parts };
}
