import type { Address, Hex } from 'viem';

/** A policy as SmartSession stores it: contract and the bytes that configure it. */
export type EncodedPolicy = { policy: Address; initData: Hex };

/** How a universal rule compares a calldata word with its reference, unsigned over 32 bytes. */
export type UniversalCondition =
  | 'equal'
  | 'greaterThan'
  | 'lessThan'
  | 'greaterThanOrEqual'
  | 'lessThanOrEqual'
  | 'notEqual'
  | 'inRange';

/**
 * One rule of the universal policy. `calldataOffset` counts bytes after the selector.
 * `comparisonValue` is one word; for `inRange` its upper half is the minimum and its lower half the maximum.
 * With `isLimited` the words of all uses add up to at most `usage.limit`.
 */
export type UniversalRule = {
  condition: UniversalCondition;
  calldataOffset: bigint;
  comparisonValue: Hex;
  isLimited: boolean;
  usage: { limit: bigint; used: bigint };
};

/** No restriction: every call of the action passes. */
export type SudoPolicy = { type: 'sudo' };

/** Rules over calldata words, and the native value that one call may carry (wei). */
export type UniversalPolicy = {
  type: 'universal';
  valueLimitPerUse: bigint;
  rules: readonly UniversalRule[];
};

/** A window in unix seconds, both ends included. `validUntil` 0 means no end, `validAfter` 0 no start. */
export type TimeframePolicy = { type: 'timeframe'; validAfter: number; validUntil: number };

/** How many calls the action allows in all (calls, not transactions). */
export type UsageLimitPolicy = { type: 'usageLimit'; limit: bigint };

/** How much of a token may move or be approved in all, in the token's smallest unit. */
export type TokenLimit = { token: Address; limit: bigint };

/** Limits over ERC-20 transfer, transferFrom, approve and increaseAllowance, looked up by call target. */
export type SpendingLimitsPolicy = { type: 'spendingLimits'; tokenLimits: readonly TokenLimit[] };

/** How much native value the action may send in all (wei). */
export type ValueLimitPolicy = { type: 'valueLimit'; limit: bigint };

/** Every policy this product understands. */
export type Policy =
  | SudoPolicy
  | UniversalPolicy
  | TimeframePolicy
  | UsageLimitPolicy
  | SpendingLimitsPolicy
  | ValueLimitPolicy;

/** Name of a policy. */
export type PolicyType = Policy['type'];
