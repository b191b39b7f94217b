import { type Address, zeroAddress } from 'viem';
import type { ActionData } from '../actions/action';
import { calldataArgument } from '../actions/argument';
import { parseAddress, sameAddress } from '../address';
import { nativeTransferSelector } from '../constants/modes';
import { selectors } from '../constants/selectors';
import type { Policy } from '../policies/policy';
import { encodePolicy, tryDecodePolicy } from '../policies/registry';
import { maxUint256, toWord } from '../word';
import { PaymentError } from './paymentError';
import { type WidenedLimit, widenAction } from './paymentWiden';

export { PaymentError } from './paymentError';

/** How much fees may take from a session. */
export type FeeBudgetParameters = {
  /** ERC-20 in which fees are paid; the zero address stands for the chain's own coin. */
  token: Address;
  /** Most that fees may take over the life of the session, in the token's smallest unit. */
  maxPaymentAmount: bigint;
  /** Address that fees in the chain's own coin go to; not used for an ERC-20. */
  payee?: Address;
};

/**
 * A fee budget that lives inside an action of the person, because the chain files every policy under contract and
 * function and so can't tell a fee from any other transfer of the same token.
 */
export type SharedFeeBudget = {
  /** Index of the action among those returned. */
  index: number;
  /** What fees may take, to be counted apart from what the dapp does. */
  budget: FeeBudgetParameters;
  /** The action as it was asked for: what the dapp may do. */
  asked: ActionData;
  /** Every limit that was raised so that the fees fit; empty where the action limits nothing that a fee uses. */
  widened: readonly WidenedLimit[];
};

/** Where a fee budget was put: `feeBudgetIndex` for an action of its own, `shared` for one inside an action of the person. */
export type FeeBudgetPlacement =
  | { actions: readonly ActionData[]; feeBudgetIndex: number; shared: null }
  | { actions: readonly ActionData[]; feeBudgetIndex: null; shared: SharedFeeBudget };

/**
 * The action that lets a session pay its fees: `transfer` on the fee token with the amount counted up to the budget,
 * or for native coin a plain transfer to the payee under a value limit.
 * @throws PaymentError `FEE_BUDGET_RANGE`, `FEE_PAYEE_MISSING`; AddressError
 */
export function feeBudgetAction(budget: FeeBudgetParameters): ActionData {
  return { ...feeTarget(budget), actionPolicies: [encodePolicy(budgetPolicy(budget))] };
}

/**
 * Puts a fee budget beside the actions of the fee token's chain: as an action of its own, or, when the session already
 * holds the action that a fee payment is, inside that one with its limits raised by the budget.
 * @throws PaymentError when a rule of that action would refuse the fee payment itself
 */
export function withFeeBudget(
  actions: readonly ActionData[],
  budget: FeeBudgetParameters,
): FeeBudgetPlacement {
  const own = feeBudgetAction(budget);
  const index = actions.findIndex((action) => sameAction(action, own));
  const asked = actions[index];
  if (asked === undefined) {
    return { actions: [...actions, own], feeBudgetIndex: actions.length, shared: null };
  }
  const { action, widened } = widenAction(asked, budget.maxPaymentAmount);
  return {
    actions: actions.with(index, action),
    feeBudgetIndex: null,
    shared: { index, budget, asked, widened },
  };
}

/**
 * Like `withFeeBudget` for actions that are enabled in parts: a budget of its own goes into the first part.
 * Indexes count through all parts, as in the session that they become.
 */
export function withFeeBudgetInParts(
  parts: readonly (readonly ActionData[])[],
  budget: FeeBudgetParameters,
): { parts: readonly (readonly ActionData[])[] } & Omit<FeeBudgetPlacement, 'actions'> {
  const placed = withFeeBudget(parts.flat(), budget);
  const { feeBudgetIndex, shared } = placed;
  if (shared !== null) return { parts: splitLike(parts, placed.actions), feeBudgetIndex, shared };
  const [first = [], ...others] = parts;
  return { parts: [[...first, feeBudgetAction(budget)], ...others], feeBudgetIndex: first.length, shared };
}

/** Reads a fee budget out of an action that only pays fees; null when the action is anything else. */
export function readFeeBudget(action: ActionData): FeeBudgetParameters | null {
  const [encoded, ...others] = action.actionPolicies;
  if (encoded === undefined || others.length > 0) return null;
  const policy = tryDecodePolicy(encoded);
  if (policy === null) return null;
  const budget = budgetOf(action, policy);
  if (budget === null || !sameAction(action, { ...action, ...feeTarget(budget) })) return null;
  return budget;
}

function splitLike(
  parts: readonly (readonly ActionData[])[],
  actions: readonly ActionData[],
): readonly (readonly ActionData[])[] {
  let start = 0;
  return parts.map(({ length }) => {
    start += length;
    return actions.slice(start - length, start);
  });
}

function budgetOf({ actionTarget, actionTargetSelector }: ActionData, policy: Policy) {
  if (policy.type === 'valueLimit' && actionTargetSelector.toLowerCase() === nativeTransferSelector) {
    return { token: zeroAddress, maxPaymentAmount: policy.limit, payee: actionTarget };
  }
  const limit = policy.type === 'universal' ? policy.rules[0]?.usage.limit : undefined;
  if (limit === undefined || limit === 0n) return null;
  const budget = { token: actionTarget, maxPaymentAmount: limit };
  return matches(policy, budgetPolicy(budget)) ? budget : null;
}

function matches(policy: Policy, expected: Policy): boolean {
  if (policy.type !== 'universal' || expected.type !== 'universal') return false;
  const [rule, ...more] = policy.rules;
  const [own] = expected.rules;
  return (
    more.length === 0 &&
    policy.valueLimitPerUse === 0n &&
    rule?.condition === own?.condition &&
    rule?.calldataOffset === own?.calldataOffset &&
    rule?.isLimited === true &&
    rule.usage.used === 0n
  );
}

/** Contract and function that a fee payment calls. */
function feeTarget({
  token,
  payee,
}: FeeBudgetParameters): Pick<ActionData, 'actionTarget' | 'actionTargetSelector'> {
  const parsed = parseAddress(token, 'fee token');
  if (parsed !== zeroAddress) return { actionTarget: parsed, actionTargetSelector: selectors.transfer };
  if (payee !== undefined) {
    return { actionTarget: parseAddress(payee, 'fee payee'), actionTargetSelector: nativeTransferSelector };
  }
  throw new PaymentError('FEE_PAYEE_MISSING', {
    shortMessage: 'Fees in native coin can only go to one address, and none is named.',
    action: 'Ask the node which address it is paid at, or pay the fees in a token.',
  });
}

function budgetPolicy({ token, maxPaymentAmount }: FeeBudgetParameters): Policy {
  if (maxPaymentAmount < 1n || maxPaymentAmount > maxUint256) throw budgetRange(maxPaymentAmount);
  if (sameAddress(token, zeroAddress)) return { type: 'valueLimit', limit: maxPaymentAmount };
  const amountRule = {
    condition: 'lessThanOrEqual',
    calldataOffset: calldataArgument(2),
    comparisonValue: toWord(maxPaymentAmount),
    isLimited: true,
    usage: { limit: maxPaymentAmount, used: 0n },
  } as const;
  return { type: 'universal', valueLimitPerUse: 0n, rules: [amountRule] };
}

function sameAction(left: ActionData, right: Omit<ActionData, 'actionPolicies'>): boolean {
  return (
    sameAddress(left.actionTarget, right.actionTarget) &&
    left.actionTargetSelector.toLowerCase() === right.actionTargetSelector.toLowerCase()
  );
}

function budgetRange(amount: bigint): PaymentError {
  return new PaymentError('FEE_BUDGET_RANGE', {
    shortMessage: 'A fee budget must be from 1 to 2^256 - 1 of the smallest unit.',
    details: `Got ${amount}.`,
    action: 'Give a budget; leave it out only where fees are sponsored.',
  });
}
