import { type Address, type Hex, isHex, size } from 'viem';
import { parseAddress, sameAddress } from '../address';
import { nativeTransferSelector } from '../constants/modes';
import type { EncodedPolicy, Policy } from '../policies/policy';
import { PolicyError } from '../policies/policyError';
import { decodePolicy, validatePolicy } from '../policies/registry';
import type { ActionData } from './action';
import { ActionError } from './actionError';
import { escalationReason } from './escalation';
import { spendKind } from './spend';

/**
 * Checks the actions of one session: at least one, none twice, each of them sound.
 * @param account the smart account, when known: an action on it is refused
 * @param modules further modules of the account, which no action may call
 * @throws ActionError, PolicyError, AddressError
 */
export function assertActions(
  actions: readonly ActionData[],
  account?: Address,
  modules: readonly Address[] = [],
): void {
  if (actions.length === 0) {
    throw new ActionError('NO_ACTIONS', {
      shortMessage: 'A session needs at least one action.',
      action: 'Name a contract and a function.',
    });
  }
  const seen = new Set<string>();
  for (const action of actions) {
    assertAction(action, account, modules);
    const key = `${action.actionTarget}${action.actionTargetSelector}`.toLowerCase();
    if (seen.has(key)) throw duplicateAction(action);
    seen.add(key);
  }
}

/**
 * Checks one action: target, selector, and policies that the contracts accept and that can work on this function.
 * @throws ActionError, PolicyError, AddressError
 */
export function assertAction(action: ActionData, account?: Address, modules: readonly Address[] = []): void {
  const target = parseAddress(action.actionTarget, 'contract');
  const reason = escalationReason(target, account, modules);
  if (reason !== null) throw escalation(target, reason);
  assertSelector(action.actionTargetSelector);
  assertPolicies(action);
}

/** @throws ActionError unless it is four bytes */
export function assertSelector(selector: Hex): void {
  if (isHex(selector, { strict: true }) && size(selector) === 4) return;
  throw new ActionError('SELECTOR', {
    shortMessage: 'A function selector is four bytes.',
    details: `Got ${String(selector).slice(0, 80)}.`,
    action: 'Give the selector, the signature or the ABI item of the function.',
  });
}

function assertPolicies(action: ActionData): void {
  if (action.actionPolicies.length === 0) {
    throw new PolicyError('NO_POLICIES', {
      shortMessage: 'No policy is given, and nothing is unlimited by default.',
      action: 'Give at least one policy, or ask for sudo explicitly.',
    });
  }
  const seen = new Set<string>();
  for (const encoded of action.actionPolicies) {
    const policy = decodePolicy(encoded);
    validatePolicy(policy);
    assertFits(policy, action);
    assertFirst(encoded, seen);
  }
}

function assertFirst({ policy }: EncodedPolicy, seen: Set<string>): void {
  const key = policy.toLowerCase();
  if (seen.has(key)) {
    throw new PolicyError('POLICY_DUPLICATE', {
      shortMessage: 'An action has the same kind of policy twice; the contract would keep only the last.',
      details: policy,
      action: 'Join both into one policy.',
    });
  }
  seen.add(key);
}

function assertFits(policy: Policy, { actionTarget, actionTargetSelector }: ActionData): void {
  if (policy.type === 'universal' && actionTargetSelector.toLowerCase() === nativeTransferSelector) {
    throw new PolicyError('POLICY_UNFIT', {
      shortMessage: 'A plain transfer of native coin has no arguments, so rules over arguments always fail.',
      action: 'Use a value limit.',
    });
  }
  if (policy.type !== 'spendingLimits') return;
  if (spendKind(actionTargetSelector) === null) {
    throw new PolicyError('POLICY_UNFIT', {
      shortMessage:
        'A spending limit understands transfer, transferFrom, approve and increaseAllowance only.',
      details: `The function is ${actionTargetSelector}.`,
      action: 'Use a universal policy on this function.',
    });
  }
  const other = policy.tokenLimits.find(({ token }) => !sameAddress(token, actionTarget));
  if (other !== undefined) {
    throw new PolicyError('POLICY_UNFIT', {
      shortMessage: 'A spending limit counts the token that is called, and this one names another token.',
      details: `Limit for ${other.token}, action on ${actionTarget}.`,
      action: 'Make one action per token.',
    });
  }
}

function escalation(target: Address, reason: string): ActionError {
  return new ActionError('ESCALATION_TARGET', {
    shortMessage: `A session may not call ${reason}.`,
    details: target,
    action: 'Remove this action.',
  });
}

function duplicateAction({ actionTarget, actionTargetSelector }: ActionData): ActionError {
  return new ActionError('DUPLICATE_ACTION', {
    shortMessage: 'The same function of the same contract is listed twice; the chain would mix both.',
    details: `${actionTargetSelector} on ${actionTarget}.`,
    action: 'Join both into one action.',
  });
}
