import type { Hex } from 'viem';
import type { Call } from '../actions/call';
import type { CheckFailure } from '../policies/check';
import type { EncodedPolicy, PolicyType } from '../policies/policy';
import { checkPolicy, tryDecodePolicy } from '../policies/registry';
import type { FiledAction } from './actionPolicies';
import type { Denial } from './denial';
import type { Grant } from './grant';
import { counterKey, type Ledger } from './ledger';

type Parameters = { grant: Grant; ledger: Ledger; call: Call; callIndex: number; time: number };

/**
 * Runs every policy of an action on a call, in the order of the session.
 * @returns the ledger with this call counted, or every refusal
 */
export function checkPolicies(
  { grant, ledger, call, callIndex, time }: Parameters,
  selector: Hex,
  action: FiledAction,
): { allowed: true; ledger: Ledger } | { allowed: false; reasons: readonly Denial[] } {
  const place = { callIndex, target: call.to, selector };
  const reasons: Denial[] = [];
  const counted: Record<string, bigint> = {};
  for (const encoded of action.policies) {
    const policy = tryDecodePolicy(encoded);
    if (policy === null) {
      reasons.push({ ...place, ...unreadable(encoded) });
      continue;
    }
    const used = (counter: string) => ledger[counterKey(action.id, policy.type, counter)];
    const result = checkPolicy(policy, { account: grant.account, call, time, used });
    if (!result.ok) {
      reasons.push({ ...place, ...failureDenial(policy.type, result.failure) });
      continue;
    }
    for (const [counter, amount] of Object.entries(result.counters)) {
      counted[counterKey(action.id, policy.type, counter)] = amount;
    }
  }
  return reasons.length > 0
    ? { allowed: false, reasons }
    : { allowed: true, ledger: { ...ledger, ...counted } };
}

function unreadable({ policy }: EncodedPolicy) {
  return {
    code: 'POLICY_UNREADABLE',
    expected: 'a known policy contract with readable rules',
    got: policy,
    message: "The permission has a policy that can't be checked here.",
  };
}

function failureDenial(policy: PolicyType, failure: CheckFailure) {
  return { policy, ...failure };
}
