import type { Address, Hex } from 'viem';
import { sameAddress } from '../address';
import type { EncodedPolicy } from '../policies/policy';
import { actionId } from '../session/permission';
import type { Session } from '../session/session';

/** The action that the chain files under one id: the entries of the session it comes from and its policies. */
export type FiledAction = { id: Hex; indexes: readonly number[]; policies: readonly EncodedPolicy[] };

/**
 * Finds an action as SmartSession stores it: entries with the same target and selector become one, their policies a
 * set in which a later configuration of a policy contract replaces an earlier one. Null when there is none.
 */
export function filedAction(session: Session, target: Address, selector: Hex): FiledAction | null {
  const indexes: number[] = [];
  const policies = new Map<string, EncodedPolicy>();
  session.actions.forEach((action, index) => {
    const sameSelector = action.actionTargetSelector.toLowerCase() === selector.toLowerCase();
    if (!sameSelector || !sameAddress(action.actionTarget, target)) return;
    indexes.push(index);
    for (const policy of action.actionPolicies) policies.set(policy.policy.toLowerCase(), policy);
  });
  if (indexes.length === 0) return null;
  return { id: actionId(target, selector), indexes, policies: [...policies.values()] };
}
