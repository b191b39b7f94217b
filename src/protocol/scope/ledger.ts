import type { Hex } from 'viem';
import type { PolicyType } from '../policies/policy';

/**
 * What a grant has used: counter key to amount. Plain data; values are bigint (serialise with `encodeJson`).
 * Amounts are those that the policy contracts hold, a universal rule's `usage.used` from the start included.
 * Keys are made by `counterKey`; a missing key means that nothing was used since the session was enabled.
 * Where fees share an action with the dapp, the contracts hold one sum of both; what each took of it is counted
 * besides, under `dappKey` and `feeKey`, which no contract holds.
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

/** Key of what a dapp alone took of a counter that fees share. */
export function dappKey(key: string): string {
  return `${key}/dapp`;
}

/** Key of what fees took through an action that they share. */
export function feeKey(actionId: Hex): string {
  return `${actionId.toLowerCase()}/fee`;
}

/** What a ledger leaves of a limit; `usedFromStart` is what the contract counts before the first call. */
export function leftOf(ledger: Ledger, key: string, limit: bigint, usedFromStart = 0n): bigint {
  const used = ledger[key] ?? usedFromStart;
  return limit > used ? limit - used : 0n;
}
