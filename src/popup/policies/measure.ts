import type { PolicyType } from '../../protocol/policies/policy';
import type { ReviewedAction } from '../../rpc/popup/procedures';
import { amountLine, groupDigits, nativeLine, type Unit } from '../../ui/amountText';
import { tokenFunction } from './knownFunctions';

/** What a limit counts. */
export type Measure =
  | { kind: 'calls' }
  | { kind: 'token'; unit: Unit }
  | { kind: 'native' }
  | { kind: 'number' };

/** Which limit of an action is meant. */
export type LimitPlace = {
  policy: PolicyType;
  /** Index of the universal rule. */
  rule?: number | undefined;
};

function countsAmounts({ selector, policies }: ReviewedAction, rule: number): boolean {
  const offset = tokenFunction(selector)?.amountOffset;
  return policies.some(
    (policy) =>
      policy.type === 'universal' &&
      policy.rules[rule] !== undefined &&
      policy.rules[rule].calldataOffset === offset,
  );
}

/** What a limit of an action counts: the token's unit where the limit is about amounts of the contract that is called. */
export function measureOf(action: ReviewedAction, { policy, rule }: LimitPlace): Measure {
  if (policy === 'usageLimit') return { kind: 'calls' };
  if (policy === 'valueLimit') return { kind: 'native' };
  if (policy === 'spendingLimits' || (rule !== undefined && countsAmounts(action, rule))) {
    return { kind: 'token', unit: action.token ?? {} };
  }
  return { kind: 'number' };
}

/** A count in words. `nativeSymbol` names the chain's own coin. */
export function measured(value: bigint, measure: Measure, nativeSymbol: string | undefined): string {
  switch (measure.kind) {
    case 'calls':
      return `${groupDigits(value)} ${value === 1n ? 'call' : 'calls'}`;
    case 'token':
      return amountLine(value, measure.unit);
    case 'native':
      return nativeLine(value, nativeSymbol);
    case 'number':
      return groupDigits(value);
  }
}
