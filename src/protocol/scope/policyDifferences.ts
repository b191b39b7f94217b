import type { Address, Hex } from 'viem';
import { spendKind } from '../actions/spend';
import { sameAddress } from '../address';
import type { Policy, SpendingLimitsPolicy, TimeframePolicy, UniversalPolicy } from '../policies/policy';
import type { ActionBounds } from './actionBounds';
import { lowest, within } from './bound';
import type { Aspect, WiderAction } from './difference';
import { type Ledger, leftOf } from './ledger';
import { ruleDifferences } from './ruleDifferences';

/** A function of a contract. */
export type Place = { target: Address; selector: Hex };

/** What is asked for, and what the policy to compare with has counted. */
export type Asked = { wanted: ActionBounds; ledger: Ledger; time: number };

/** What an action asks for beyond what one policy of a grant leaves. */
export function policyDifferences(
  place: Place,
  policy: Policy,
  keyOf: (counter: string) => string,
  asked: Asked,
): readonly WiderAction[] {
  const { wanted, ledger } = asked;
  const exceeds = (aspect: Aspect, want: bigint | null, granted: bigint | null): readonly WiderAction[] =>
    within(want, granted)
      ? []
      : [{ kind: 'wider', ...place, policy: policy.type, aspect, granted, asked: want }];
  switch (policy.type) {
    case 'sudo':
      return [];
    case 'timeframe':
      return windowExcess(policy, asked).flatMap((excess) => exceeds(...excess));
    case 'usageLimit':
      return exceeds('calls', wanted.calls.most, leftOf(ledger, keyOf(''), policy.limit));
    case 'valueLimit':
      return exceeds('native', wanted.native.most, leftOf(ledger, keyOf(''), policy.limit));
    case 'spendingLimits':
      return [
        ...exceeds('nativePerCall', wanted.nativePerCall.most, 0n),
        ...exceeds('total', spentBy(place, wanted), limitLeft(place, policy, keyOf, ledger)),
      ];
    case 'universal':
      return universalDifferences(place, policy, keyOf, asked);
  }
}

type Excess = readonly [aspect: Aspect, want: bigint | null, granted: bigint | null];

/** Starts are compared the other way round: the later one is the narrower. */
function windowExcess(
  { validAfter, validUntil }: TimeframePolicy,
  { wanted, time }: Asked,
): readonly Excess[] {
  const start = Math.max(wanted.window?.validAfter ?? 0, time);
  const endOf = (end: number | undefined) => (end === undefined || end === 0 ? null : BigInt(end));
  const end: Excess = ['end', endOf(wanted.window?.validUntil), endOf(validUntil)];
  return start >= validAfter ? [end] : [['start', null, BigInt(validAfter)], end];
}

function spentBy({ selector }: Place, { spent, words }: ActionBounds): bigint | null {
  return lowest([spent, words(spendKind(selector) === 'transferFrom' ? 64n : 32n)]).most;
}

function limitLeft(
  { target }: Place,
  { tokenLimits }: SpendingLimitsPolicy,
  keyOf: (counter: string) => string,
  ledger: Ledger,
): bigint {
  const limit = tokenLimits.findLast(({ token }) => sameAddress(token, target))?.limit ?? 0n;
  return leftOf(ledger, keyOf(target.toLowerCase()), limit);
}

function universalDifferences(
  place: Place,
  { valueLimitPerUse, rules }: UniversalPolicy,
  keyOf: (counter: string) => string,
  { wanted, ledger }: Asked,
): readonly WiderAction[] {
  const wider = { kind: 'wider', ...place, policy: 'universal' } as const;
  const native = wanted.nativePerCall.most;
  const perCall = { ...wider, aspect: 'nativePerCall', granted: valueLimitPerUse, asked: native } as const;
  const found = [...rules.entries()].flatMap(([rule, granted]) => {
    const left = leftOf(ledger, keyOf(String(rule)), granted.usage.limit, granted.usage.used);
    return ruleDifferences(granted, left, place.selector, wanted).map((excess) => ({
      ...wider,
      rule,
      ...excess,
    }));
  });
  return within(native, valueLimitPerUse) ? found : [perCall, ...found];
}
