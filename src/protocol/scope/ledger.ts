import type { Hex } from 'viem';
import type { PolicyType } from '../policies/policy';

/**
 * What a grant has used: counter key to amount. Plain data; values are bigint (serialise with `encodeJson`).
 * Amounts are those that the policy contracts hold, a universal rule's `usage.used` from the start included.
 * Keys are made by `counterKey`; a missing key means that nothing was used since the session was enabled.
 */
export type Ledger = Readonly<Record<string, bigint>>;

/** A ledger with nothing used. */
export const emptyLedger: Ledger = {};

/**
 * Key of one counter.
 * @param actionId id of the action (`actionId(target, selector)`)
 * @param policy policy that counts
 * @param counter universal: index of the rule; spendingLimits: token address in lower case; else absent
 */
export function counterKey(actionId: Hex, policy: PolicyType, counter?: string): string {
  const base = `${actionId.toLowerCase()}/${policy}`;
  return counter === undefined || counter === '' ? base : `${base}/${counter}`;
}
