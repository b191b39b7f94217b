import { checkPolicy } from '../policies/registry';
import type { Denial } from './denial';
import type { CallOutcome, PlacedCall } from './placedCall';
import type { PreparedPolicy } from './preparedSession';

/** Runs policies on a call, in the order in which SmartSession keeps them. */
export function checkPolicies(placed: PlacedCall, policies: readonly PreparedPolicy[]): CallOutcome {
  const denials: Denial[] = [];
  const counters: Record<string, bigint> = {};
  for (const prepared of policies) {
    const denial = checkOne(placed, prepared, counters);
    if (denial !== null) denials.push(denial);
  }
  return { denials, counters };
}

function checkOne(
  { grant, call, callIndex, selector, time, used }: PlacedCall,
  { address, policy, keyOf }: PreparedPolicy,
  counters: Record<string, bigint>,
): Denial | null {
  const place = { callIndex, target: call.to, selector };
  if (policy === null) return { ...place, ...unreadable(address) };
  const context = { account: grant.account, call, time, used: (counter: string) => used(keyOf(counter)) };
  const result = checkPolicy(policy, context);
  if (!result.ok) return { ...place, policy: policy.type, ...result.failure };
  for (const [counter, amount] of Object.entries(result.counters)) counters[keyOf(counter)] = amount;
  return null;
}

function unreadable(address: string) {
  return {
    code: 'POLICY_UNREADABLE',
    chainRefusal: null,
    expected: 'a known policy contract with readable rules',
    got: address,
    message: "The permission has a policy that can't be checked here.",
  };
}
