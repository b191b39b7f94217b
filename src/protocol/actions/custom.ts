import { parseAddress } from '../address';
import type { Policy } from '../policies/policy';
import { encodePolicy } from '../policies/registry';
import { assertNotOver } from '../policies/timeframe';
import type { SessionAction } from './action';
import { distinctChains } from './chains';
import { type FunctionSignature, readFunction } from './functionSignature';
import { assertRulesFit } from './ruleFit';
import { assertAction } from './validate';

export type CustomActionParameters = {
  /** Chains on which the action is granted; repetitions count once. */
  chainIds: readonly number[];
  contractAddress: string;
  functionSignature: FunctionSignature;
  /** At least one; nothing is unlimited unless it says sudo. */
  policies: readonly Policy[];
  /** Unix seconds; with it a time frame that is already over is refused. */
  now?: number;
};

/**
 * An action on any function of any contract, one `SessionAction` per chain.
 * With a signature or ABI item, universal rules are checked against the function's arguments.
 * @throws ActionError, PolicyError, AddressError
 */
export function buildCustomAction(parameters: CustomActionParameters): SessionAction[] {
  const { selector, inputs } = readFunction(parameters.functionSignature);
  const action = {
    actionTarget: parseAddress(parameters.contractAddress, 'contract'),
    actionTargetSelector: selector,
    actionPolicies: parameters.policies.map(encodePolicy),
  };
  if (parameters.now !== undefined) assertOpen(parameters.policies, parameters.now);
  if (inputs !== null) assertRulesFit(parameters.policies, inputs);
  assertAction(action);
  return distinctChains(parameters.chainIds).map((chainId) => ({ chainId, actions: [action] }));
}

function assertOpen(policies: readonly Policy[], now: number): void {
  for (const policy of policies) if (policy.type === 'timeframe') assertNotOver(policy, now);
}
