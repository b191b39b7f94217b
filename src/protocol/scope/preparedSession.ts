import type { Address, Hex } from 'viem';
import type { ActionData } from '../actions/action';
import type { EncodedPolicy, Policy } from '../policies/policy';
import { tryDecodePolicy } from '../policies/registry';
import { actionId } from '../session/permission';
import type { Session } from '../session/session';
import { counterKey } from './ledger';

/** A policy, read once. `policy` is null for one that can't be read. */
export type PreparedPolicy = {
  address: Address;
  policy: Policy | null;
  /** Ledger key of one of its counters. */
  keyOf: (counter: string) => string;
};

/** An action as SmartSession files it, and the entries of the session that it comes from. */
export type PreparedAction = {
  id: Hex;
  target: Address;
  selector: Hex;
  indexes: readonly number[];
  policies: readonly PreparedPolicy[];
};

const prepared = new WeakMap<Session, ReadonlyMap<string, PreparedAction>>();

/**
 * Finds an action as SmartSession stores it: entries with the same target and selector become one, their policies a
 * set in which a later configuration of a policy contract replaces an earlier one. Null when there is none.
 * Policies are read once per session object, which therefore must never change.
 */
export function preparedAction(session: Session, target: Address, selector: Hex): PreparedAction | null {
  return preparedActions(session).get(fileName(target, selector)) ?? null;
}

/** Every action of a session as SmartSession stores it, by target and selector. */
export function preparedActions(session: Session): ReadonlyMap<string, PreparedAction> {
  const known = prepared.get(session);
  if (known !== undefined) return known;
  const actions = new Map([...fileEntries(session)].map(([name, entry]) => [name, prepareAction(entry)]));
  prepared.set(session, actions);
  return actions;
}

type FiledEntries = {
  target: Address;
  selector: Hex;
  indexes: number[];
  policies: Map<string, EncodedPolicy>;
};

function fileName(target: Address, selector: Hex): string {
  return `${target}${selector}`.toLowerCase();
}

function fileEntries({ actions }: Session): ReadonlyMap<string, FiledEntries> {
  const filed = new Map<string, FiledEntries>();
  for (const [index, action] of actions.entries()) {
    const { actionTarget: target, actionTargetSelector: selector, actionPolicies } = action;
    const name = fileName(target, selector);
    const entry: FiledEntries = filed.get(name) ?? { target, selector, indexes: [], policies: new Map() };
    entry.indexes.push(index);
    for (const policy of actionPolicies) entry.policies.set(policy.policy.toLowerCase(), policy);
    filed.set(name, entry);
  }
  return filed;
}

function prepareAction({ target, selector, indexes, policies }: FiledEntries): PreparedAction {
  const id = actionId(target, selector);
  return { id, target, selector, indexes, policies: preparePolicies(id, [...policies.values()]) };
}

/** One entry of a session as it stands there, whatever other entries it is filed with. */
export function prepareEntry(action: ActionData, index: number): PreparedAction {
  const { actionTarget: target, actionTargetSelector: selector, actionPolicies } = action;
  const id = actionId(target, selector);
  return { id, target, selector, indexes: [index], policies: preparePolicies(id, actionPolicies) };
}

/** Reads policies of an action; in their order, without joining any. */
export function preparePolicies(id: Hex, policies: readonly EncodedPolicy[]): readonly PreparedPolicy[] {
  return policies.map((encoded) => preparePolicy(id, encoded));
}

function preparePolicy(id: Hex, encoded: EncodedPolicy): PreparedPolicy {
  const policy = tryDecodePolicy(encoded);
  const keyOf = (counter: string) => (policy === null ? '' : counterKey(id, policy.type, counter));
  return { address: encoded.policy, policy, keyOf };
}
