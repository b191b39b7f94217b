import { spendKind } from '../actions/spend';
import { sameAddress } from '../address';
import { nativeTransferSelector } from '../constants/modes';
import type { Policy, PolicyType, TimeframePolicy, UniversalPolicy } from '../policies/policy';
import { type Bounded, boundedBy, lowest, overCalls, unbounded } from './bound';
import { type Ledger, leftOf } from './ledger';
import type { PreparedAction } from './preparedSession';
import { isEmpty, wordBounds } from './wordBounds';

/** What one action allows at most from now on, policies that can't be read left out: they can only limit further. */
export type ActionBounds = {
  /** No call could ever pass. */
  isDead: boolean;
  /** No call can pass any more: the calls are used up or the time is over. */
  isOver: boolean;
  calls: Bounded;
  /** Native value (wei) of one call, and of all calls. */
  nativePerCall: Bounded;
  native: Bounded;
  /** One calldata word, by its byte offset after the selector, taken as an amount: of one call, and of all calls. */
  wordPerCall: (offset: bigint) => Bounded;
  words: (offset: bigint) => Bounded;
  /** What a spending limit leaves of the called token; unbounded where there is none. */
  spent: Bounded;
  universal: UniversalPolicy | null;
  window: TimeframePolicy | null;
};

/** @param time unix seconds; 0 where nothing is to be over */
export function actionBounds(action: PreparedAction, ledger: Ledger, time: number): ActionBounds {
  const reader = readerOf(action, ledger);
  const universal = reader.find('universal');
  const window = reader.find('timeframe');
  const calls = callBound(reader, universal);
  const nativePerCall = nativePerCallBound(reader, universal);
  const wordPerCall = (offset: bigint) =>
    lowest([wordBound(universal, offset), ...summed(reader, universal, offset)]);
  return {
    isDead: isDead(action, reader),
    isOver: calls.most === 0n || (window !== null && window.validUntil !== 0 && time > window.validUntil),
    calls,
    nativePerCall,
    native: lowest([...valueLimits(reader), overCalls(nativePerCall, calls)]),
    wordPerCall,
    words: (offset) =>
      lowest([...summed(reader, universal, offset), overCalls(wordBound(universal, offset), calls)]),
    spent: spendingBound(action, reader),
    universal,
    window,
  };
}

/** The policies of an action, each kind at most once, and what is left of their counters. */
type Reader = {
  find: <T extends PolicyType>(type: T) => Extract<Policy, { type: T }> | null;
  left: (type: PolicyType, counter: string, limit: bigint, usedFromStart?: bigint) => bigint;
};

function readerOf({ policies }: PreparedAction, ledger: Ledger): Reader {
  const prepared = (type: PolicyType) => policies.find(({ policy }) => policy?.type === type);
  return {
    find: <T extends PolicyType>(type: T) => {
      const policy = prepared(type)?.policy ?? null;
      return isType(policy, type) ? policy : null;
    },
    left: (type, counter, limit, usedFromStart = 0n) => {
      const key = prepared(type)?.keyOf(counter) ?? '';
      return leftOf(ledger, key, limit, usedFromStart);
    },
  };
}

function isType<T extends PolicyType>(
  policy: Policy | null,
  type: T,
): policy is Extract<Policy, { type: T }> {
  return policy?.type === type;
}

function callBound({ find, left }: Reader, universal: UniversalPolicy | null): Bounded {
  const usage = find('usageLimit');
  const counted = usage === null ? [] : [left('usageLimit', '', usage.limit)];
  const bounds = counted.map((amount) => boundedBy({ policy: 'usageLimit', kind: 'calls', amount }));
  const rules = universal?.rules ?? [];
  const bySums = [...rules.entries()].flatMap(([rule, { isLimited, calldataOffset, usage: total }]) => {
    const min = universal === null ? 0n : wordBounds(universal, calldataOffset).min.value;
    if (!isLimited || min === 0n) return [];
    const amount = left('universal', String(rule), total.limit, total.used) / min;
    return [boundedBy({ policy: 'universal', rule, kind: 'calls', amount })];
  });
  return lowest([...bounds, ...bySums]);
}

function nativePerCallBound({ find, left }: Reader, universal: UniversalPolicy | null): Bounded {
  if (find('spendingLimits') !== null)
    return { most: 0n, limits: [{ policy: 'spendingLimits', kind: 'perCall', amount: 0n }] };
  const bounds: Bounded[] = [];
  if (universal !== null) {
    bounds.push(boundedBy({ policy: 'universal', kind: 'perCall', amount: universal.valueLimitPerUse }));
  }
  const value = find('valueLimit');
  if (value !== null) {
    bounds.push(
      boundedBy({ policy: 'valueLimit', kind: 'total', amount: left('valueLimit', '', value.limit) }),
    );
  }
  return lowest(bounds);
}

function valueLimits({ find, left }: Reader): readonly Bounded[] {
  const value = find('valueLimit');
  if (value === null) return [];
  return [boundedBy({ policy: 'valueLimit', kind: 'total', amount: left('valueLimit', '', value.limit) })];
}

function wordBound(universal: UniversalPolicy | null, offset: bigint): Bounded {
  if (universal === null) return unbounded;
  const { max } = wordBounds(universal, offset);
  if (max.rule === null) return unbounded;
  return boundedBy({ policy: 'universal', rule: max.rule, kind: 'perCall', amount: max.value });
}

function summed({ left }: Reader, universal: UniversalPolicy | null, offset: bigint): readonly Bounded[] {
  return [...(universal?.rules ?? []).entries()].flatMap(([rule, { calldataOffset, isLimited, usage }]) => {
    if (!isLimited || calldataOffset !== offset) return [];
    const amount = left('universal', String(rule), usage.limit, usage.used);
    return [boundedBy({ policy: 'universal', rule, kind: 'total', amount })];
  });
}

function spendingBound({ target }: PreparedAction, { find, left }: Reader): Bounded {
  const policy = find('spendingLimits');
  if (policy === null) return unbounded;
  const limit = policy.tokenLimits.findLast(({ token }) => sameAddress(token, target))?.limit ?? 0n;
  const amount = left('spendingLimits', target.toLowerCase(), limit);
  return boundedBy({ policy: 'spendingLimits', kind: 'total', amount });
}

function isDead({ policies, selector }: PreparedAction, { find }: Reader): boolean {
  const universal = find('universal');
  const window = find('timeframe');
  const isNative = selector.toLowerCase() === nativeTransferSelector;
  return (
    policies.length === 0 ||
    (universal !== null && (isNative || universal.rules.length === 0 || isImpossible(universal))) ||
    (find('spendingLimits') !== null && spendKind(selector) === null) ||
    (window !== null && window.validUntil === 0 && window.validAfter === 0)
  );
}

function isImpossible(universal: UniversalPolicy): boolean {
  return universal.rules.some(
    ({ calldataOffset, isLimited, usage }) =>
      isEmpty(wordBounds(universal, calldataOffset)) || (isLimited && usage.used > usage.limit),
  );
}
