import type { ActionData } from '../actions/action';
import { calldataArgument } from '../actions/argument';
import type { Policy, UniversalPolicy, UniversalRule } from '../policies/policy';
import { decodePolicy, encodePolicy } from '../policies/registry';
import { rangeOf } from '../policies/universalConditions';
import { maxUint256, toWord } from '../word';
import { feeRefused } from './paymentError';

/** A limit that was raised so that fees fit beside what the person granted. */
export type WidenedLimit = {
  policy: 'universal' | 'spendingLimits' | 'valueLimit' | 'usageLimit';
  /** Index of the universal rule; null for the other policies. */
  rule: number | null;
  /** What is limited: an amount of one call, an amount of all calls together, or the number of calls. */
  limit: 'perCall' | 'total' | 'calls';
  /** As the person granted it: amount in the token's smallest unit, or number of calls. */
  asked: bigint;
  /** As the chain will enforce it, fees included. */
  granted: bigint;
};

type Widened<P> = { policy: P; widened: readonly WidenedLimit[] };

const recipientOffset = calldataArgument(1);
const amountOffset = calldataArgument(2);
const maxUint128 = 2n ** 128n - 1n;

/**
 * Raises the limits of an action that fee payments go through by the fee budget, saturating at what the contracts hold.
 * Every payment counts as a call, so a limit of calls is doubled: one payment for each call.
 * @throws PaymentError when a rule would refuse the payment whatever its amount
 */
export function widenAction(
  action: ActionData,
  budget: bigint,
): { action: ActionData; widened: readonly WidenedLimit[] } {
  const parts = action.actionPolicies.map((encoded) => {
    const { policy, widened } = widenPolicy(decodePolicy(encoded), budget);
    return { encoded: widened.length === 0 ? encoded : encodePolicy(policy), widened };
  });
  return {
    action: { ...action, actionPolicies: parts.map(({ encoded }) => encoded) },
    widened: parts.flatMap(({ widened }) => widened),
  };
}

function widenPolicy(policy: Policy, budget: bigint): Widened<Policy> {
  switch (policy.type) {
    case 'universal':
      return widenUniversal(policy, budget);
    case 'spendingLimits': {
      const limits = policy.tokenLimits.map(({ token, limit }) => ({ token, limit: sum(limit, budget) }));
      const widened = policy.tokenLimits.map(({ limit }) =>
        raised('spendingLimits', 'total', limit, sum(limit, budget)),
      );
      return { policy: { ...policy, tokenLimits: limits }, widened };
    }
    case 'valueLimit': {
      const limit = sum(policy.limit, budget);
      return { policy: { ...policy, limit }, widened: [raised('valueLimit', 'total', policy.limit, limit)] };
    }
    case 'usageLimit': {
      const limit = sum(policy.limit, policy.limit, maxUint128);
      return { policy: { ...policy, limit }, widened: [raised('usageLimit', 'calls', policy.limit, limit)] };
    }
    default:
      return { policy, widened: [] };
  }
}

function widenUniversal(policy: UniversalPolicy, budget: bigint): Widened<UniversalPolicy> {
  const parts = policy.rules.map((rule, index) => widenRule(rule, index, budget));
  return {
    policy: { ...policy, rules: parts.map(({ rule }) => rule) },
    widened: parts.flatMap(({ widened }) => widened),
  };
}

function widenRule(
  rule: UniversalRule,
  index: number,
  budget: bigint,
): { rule: UniversalRule; widened: readonly WidenedLimit[] } {
  if (rule.calldataOffset === recipientOffset) return { rule: assertRecipientFree(rule, index), widened: [] };
  if (rule.calldataOffset !== amountOffset) {
    throw feeRefused(
      'FEE_RULE_OUTSIDE',
      'A rule of the permission reads behind the amount of a transfer, where a fee payment has no data.',
      `Rule ${index} at offset ${rule.calldataOffset}.`,
    );
  }
  const perCall = widenReference(rule, index, budget);
  const total = widenTotal(rule, index, budget);
  return {
    rule: { ...rule, comparisonValue: perCall.comparisonValue, usage: total.usage },
    widened: [...perCall.widened, ...total.widened],
  };
}

/** Only "not this address" leaves the recipient of a fee open. */
function assertRecipientFree(rule: UniversalRule, index: number): UniversalRule {
  if (rule.condition === 'notEqual' && !rule.isLimited) return rule;
  throw feeRefused(
    'FEE_RECIPIENT_RULE',
    'The permission sends the fee token only to certain addresses, so it could not pay the node.',
    `Rule ${index} limits the recipient.`,
  );
}

function widenReference(rule: UniversalRule, index: number, budget: bigint) {
  const reference = BigInt(rule.comparisonValue);
  const grantedAt = (asked: bigint, granted: bigint, comparisonValue = toWord(granted)) => ({
    comparisonValue,
    widened: [raised('universal', 'perCall', asked, granted, index)],
  });
  switch (rule.condition) {
    case 'lessThan':
    case 'lessThanOrEqual':
      return grantedAt(reference, sum(reference, budget));
    case 'inRange': {
      const { min, max } = rangeOf(rule.comparisonValue);
      if (min > 1n) throw amountRefused(index);
      const granted = sum(max, budget, maxUint128);
      return grantedAt(max, granted, toWord((min << 128n) | granted));
    }
    case 'equal':
      throw amountRefused(index);
    case 'greaterThan':
      if (reference > 0n) throw amountRefused(index);
      break;
    case 'greaterThanOrEqual':
      if (reference > 1n) throw amountRefused(index);
      break;
    case 'notEqual':
      break;
  }
  return { comparisonValue: rule.comparisonValue, widened: [] };
}

function widenTotal({ isLimited, usage }: UniversalRule, index: number, budget: bigint) {
  if (!isLimited) return { usage, widened: [] };
  const limit = sum(usage.limit, budget);
  return {
    usage: { ...usage, limit },
    widened: [raised('universal', 'total', usage.limit, limit, index)],
  };
}

function amountRefused(index: number) {
  return feeRefused(
    'FEE_AMOUNT_RULE',
    'The permission asks for an exact or least amount of the fee token in every call, which a fee does not have.',
    `Rule ${index} limits the amount from below.`,
  );
}

function raised(
  policy: WidenedLimit['policy'],
  limit: WidenedLimit['limit'],
  asked: bigint,
  granted: bigint,
  rule: number | null = null,
): WidenedLimit {
  return { policy, rule, limit, asked, granted };
}

function sum(limit: bigint, more: bigint, most = maxUint256): bigint {
  return more > most - limit ? most : limit + more;
}
