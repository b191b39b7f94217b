import { type Address, zeroAddress } from 'viem';
import type { ActionData } from '../actions/action';
import { calldataArgument } from '../actions/argument';
import { parseAddress, sameAddress } from '../address';
import { selectors } from '../constants/selectors';
import { ProtocolError } from '../errors';
import type { UniversalRule } from '../policies/policy';
import { encodePolicy, tryDecodePolicy } from '../policies/registry';
import { maxUint256, toWord } from '../word';

/** A fee budget that can't be granted. Codes: `FEE_BUDGET_RANGE`, `FEE_TOKEN_NATIVE`, `FEE_TOKEN_CONFLICT`. */
export class PaymentError extends ProtocolError {}

export type FeeBudgetParameters = {
  /** ERC-20 in which fees are paid. */
  token: Address;
  /** Most that fees may take over the life of the session, in the token's smallest unit. */
  maxPaymentAmount: bigint;
};

/**
 * The action that lets a session pay its fees: `transfer` on the fee token, amount counted up to the budget.
 * @throws PaymentError, AddressError
 */
export function feeBudgetAction({ token, maxPaymentAmount }: FeeBudgetParameters): ActionData {
  const actionTarget = parseAddress(token, 'fee token');
  if (actionTarget === zeroAddress) throw nativeToken();
  if (maxPaymentAmount < 1n || maxPaymentAmount > maxUint256) throw budgetRange(maxPaymentAmount);
  const amountRule = {
    condition: 'lessThanOrEqual',
    calldataOffset: calldataArgument(2),
    comparisonValue: toWord(maxPaymentAmount),
    isLimited: true,
    usage: { limit: maxPaymentAmount, used: 0n },
  } as const;
  return {
    actionTarget,
    actionTargetSelector: selectors.transfer,
    actionPolicies: [encodePolicy({ type: 'universal', valueLimitPerUse: 0n, rules: [amountRule] })],
  };
}

/**
 * Appends the fee budget to the actions of the fee token's chain.
 * @returns the actions and the index of the budget among them
 * @throws PaymentError `FEE_TOKEN_CONFLICT` when an action already transfers the fee token: on chain both would be one
 * action whose policies all apply to both, so neither the limit nor the fee would be what was asked for
 */
export function withFeeBudget(
  actions: readonly ActionData[],
  budget: FeeBudgetParameters,
): { actions: readonly ActionData[]; feeBudgetIndex: number } {
  if (actions.some((action) => transfersToken(action, budget.token))) throw tokenConflict(budget.token);
  return { actions: [...actions, feeBudgetAction(budget)], feeBudgetIndex: actions.length };
}

/** Reads a fee budget out of an encoded action; null when the action is anything else. */
export function readFeeBudget(action: ActionData): FeeBudgetParameters | null {
  const [encoded, ...others] = action.actionPolicies;
  if (encoded === undefined || others.length > 0 || !transfersToken(action, action.actionTarget)) return null;
  const policy = tryDecodePolicy(encoded);
  if (policy?.type !== 'universal' || policy.valueLimitPerUse !== 0n) return null;
  const [rule, ...moreRules] = policy.rules;
  if (rule === undefined || moreRules.length > 0 || !isBudgetRule(rule)) return null;
  return { token: action.actionTarget, maxPaymentAmount: rule.usage.limit };
}

function isBudgetRule({ condition, calldataOffset, isLimited, usage }: UniversalRule): boolean {
  return (
    condition === 'lessThanOrEqual' &&
    calldataOffset === calldataArgument(2) &&
    isLimited &&
    usage.used === 0n
  );
}

function transfersToken({ actionTarget, actionTargetSelector }: ActionData, token: Address): boolean {
  return sameAddress(actionTarget, token) && actionTargetSelector.toLowerCase() === selectors.transfer;
}

function tokenConflict(token: Address): PaymentError {
  return new PaymentError('FEE_TOKEN_CONFLICT', {
    shortMessage:
      'The permission transfers the same token that pays the fees; on chain both would share one limit.',
    details: token,
    action: 'Pay the fees in another token, or let somebody else sponsor them.',
  });
}

function budgetRange(amount: bigint): PaymentError {
  return new PaymentError('FEE_BUDGET_RANGE', {
    shortMessage: 'A fee budget must be from 1 to 2^256 - 1 of the smallest unit.',
    details: `Got ${amount}.`,
    action: 'Give a budget; leave it out only where fees are sponsored.',
  });
}

function nativeToken(): PaymentError {
  return new PaymentError('FEE_TOKEN_NATIVE', {
    shortMessage: "Fees can't be paid in native coin from a session yet.",
    action: 'Choose an ERC-20 as fee token.',
  });
}
