import type { Address, Hex } from 'viem';
import type { EncodedPolicy } from '../policies/policy';

/** One function of one contract and the policies every call of it must pass (SmartSession `ActionData`). */
export type ActionData = {
  actionTarget: Address;
  /** Four bytes; `0xffffffff` stands for a plain transfer of native coin. */
  actionTargetSelector: Hex;
  actionPolicies: readonly EncodedPolicy[];
};

/** Actions that a session holds on one chain. */
export type SessionAction = { chainId: number; actions: readonly ActionData[] };
