import { type Address, hexToBigInt } from 'viem';
import { calldataArgument } from '../actions/argument';
import type { Spend } from '../actions/spend';
import { sameAddress } from '../address';
import type { Policy, UniversalRule } from '../policies/policy';
import { rangeOf } from '../policies/universalConditions';
import { isUnlimited } from '../policies/unlimited';

/** How far the policies of a token function bind it. */
export type SpendBounds = {
  /** One call can't move an unlimited amount. */
  perCall: boolean;
  /** All calls together can't. */
  total: boolean;
  /** The recipient or spender is fixed. */
  counterparty: boolean;
};

/** What the policies of a transfer, transferFrom, approve or increaseAllowance action bind. */
export function spendBounds(kind: Spend['kind'], token: Address, policies: readonly Policy[]): SpendBounds {
  const arguments_ =
    kind === 'transferFrom' ? { counterparty: 2, amount: 3 } : { counterparty: 1, amount: 2 };
  const rules = policies.flatMap((policy) => (policy.type === 'universal' ? policy.rules : []));
  const on = (position: number) => rules.filter((rule) => rule.calldataOffset === calldataArgument(position));
  const counted = policies.some((policy) => countsToken(policy, token));
  const summed = on(arguments_.amount).some((rule) => rule.isLimited && !isUnlimited(rule.usage.limit));
  const perCall = counted || summed || on(arguments_.amount).some(boundsAmount);
  const uses = policies.some((policy) => policy.type === 'usageLimit');
  return {
    perCall,
    total: counted || summed || (perCall && uses),
    counterparty: on(arguments_.counterparty).some((rule) => rule.condition === 'equal'),
  };
}

function countsToken(policy: Policy, token: Address): boolean {
  if (policy.type !== 'spendingLimits') return false;
  const limit = policy.tokenLimits.findLast((entry) => sameAddress(entry.token, token))?.limit ?? 0n;
  return !isUnlimited(limit);
}

function boundsAmount({ condition, comparisonValue }: UniversalRule): boolean {
  if (condition === 'inRange') return !isUnlimited(rangeOf(comparisonValue).max);
  const fromAbove = condition === 'equal' || condition === 'lessThan' || condition === 'lessThanOrEqual';
  return fromAbove && !isUnlimited(hexToBigInt(comparisonValue));
}
