import type { Address, Hex } from 'viem';
import type { PolicyRefusal } from '../policies/check';
import type { PolicyType } from '../policies/policy';

/** Refusals of what the chain would allow: no grant may give it, whatever was enabled. */
export type StricterCode =
  | 'ESCALATION_TARGET'
  | 'FALLBACK_ACTION'
  | 'FEE_BUDGET_ONLY'
  | 'NATIVE_TRANSFER_CARRIES_DATA'
  | 'ARGUMENTS_UNREADABLE'
  | 'RULE_DIRTY_WORD'
  | 'POLICY_UNREADABLE';

/** Codes of refusals that don't come from a policy. Policy checks add their own (`CheckFailure.code`). */
export type ScopeDenialCode =
  | StricterCode
  | 'NO_CALLS'
  | 'SESSION_UNUSABLE'
  | 'EXECUTION_UNSUPPORTED'
  | 'ACTION_NOT_GRANTED'
  | 'SELF_EXECUTION'
  | 'FALLBACK_TARGET'
  | 'FEE_BUDGET_MISSING'
  | 'FEE_BUDGET_EXCEEDED';

/** What the chain answers: an error of SmartSession, or EntryPoint's `AA22` for a time window. */
export type ChainRefusal =
  | PolicyRefusal
  | 'NoPoliciesSet'
  | 'InvalidSelfCall'
  | 'InvalidTarget'
  | 'NoExecutionsInBatch'
  | 'PaymasterValidationNotEnabled'
  | 'UnsupportedCallType'
  | 'UnsupportedExecutionType';

/** Why calls are outside the grant. */
export type Denial = {
  /** Stable UPPER_SNAKE string: a `ScopeDenialCode` or the code of a policy check. */
  code: string;
  /** How the chain refuses the same; null where this product is stricter and the chain alone would not. */
  chainRefusal: ChainRefusal | null;
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

/** What was expected, what came, and a sentence a person understands. */
export type DenialText = Pick<Denial, 'expected' | 'got' | 'message'>;

/** A denial of the request or session as a whole. */
export function wholeDenial(
  code: ScopeDenialCode,
  chainRefusal: ChainRefusal | null,
  text: DenialText,
): Denial {
  return { code, chainRefusal, callIndex: null, ...text };
}
