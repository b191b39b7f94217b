import type { SharedFeeBudget } from '../session/payment';
import { checkPolicies } from './checkPolicies';
import type { Grant } from './grant';
import { dappKey } from './ledger';
import type { CallOutcome, PlacedCall } from './placedCall';
import { type PreparedAction, type PreparedPolicy, preparePolicies } from './preparedSession';

const prepared = new WeakMap<SharedFeeBudget, readonly PreparedPolicy[]>();

/**
 * Holds a dapp's call of an action that also pays fees against what the dapp asked for. On chain the limits of that
 * action are raised by the fees, so these refusals are this product's own.
 */
export function dappShare(placed: PlacedCall, action: PreparedAction): CallOutcome {
  const own = dappAction(placed.grant, action);
  if (own === action) return { denials: [], counters: {} };
  const { denials, counters } = checkPolicies(placed, own.policies);
  return { denials: denials.map((denial) => ({ ...denial, chainRefusal: null })), counters };
}

/** An action as a dapp may use it: with the limits that it asked for where fees share the action. */
export function dappAction({ sharedFee }: Grant, action: PreparedAction): PreparedAction {
  if (sharedFee === undefined || !action.indexes.includes(sharedFee.index)) return action;
  return { ...action, policies: askedPolicies(sharedFee, action.id) };
}

function askedPolicies(sharedFee: SharedFeeBudget, id: PreparedAction['id']): readonly PreparedPolicy[] {
  const known = prepared.get(sharedFee);
  if (known !== undefined) return known;
  const policies = preparePolicies(id, sharedFee.asked.actionPolicies).map(({ keyOf, ...rest }) => ({
    ...rest,
    keyOf: (counter: string) => dappKey(keyOf(counter)),
  }));
  prepared.set(sharedFee, policies);
  return policies;
}
