import type { Hex } from 'viem';
import { sameAddress } from '../address';
import { policyAddresses } from '../constants/addresses';
import type { CheckContext, CheckResult, DescribeContext } from './check';
import type { EncodedPolicy, Policy, PolicyType } from './policy';
import { PolicyError } from './policyError';
import type { PolicyModule } from './policyModule';
import type { Sentence } from './sentence';
import { spendingLimitsPolicy } from './spendingLimits';
import { sudoPolicy } from './sudo';
import { timeframePolicy } from './timeframe';
import { universalPolicy } from './universal';
import { usageLimitPolicy } from './usageLimit';
import { valueLimitPolicy } from './valueLimit';

type Registry = { [T in PolicyType]: PolicyModule<Extract<Policy, { type: T }>> };

/** The module of every policy; a new member of `Policy` must be added here to compile. */
export const policies: Registry = {
  sudo: sudoPolicy,
  universal: universalPolicy,
  timeframe: timeframePolicy,
  usageLimit: usageLimitPolicy,
  spendingLimits: spendingLimitsPolicy,
  valueLimit: valueLimitPolicy,
};

/**
 * Validates a policy and encodes it for SmartSession.
 * @throws PolicyError, AddressError
 */
export function encodePolicy(policy: Policy): EncodedPolicy {
  validatePolicy(policy);
  return { policy: policyAddresses[policy.type], initData: encodeData(policy) };
}

/**
 * Reads an encoded policy, whoever made it, as its contract would. What the contract reads may still be useless
 * (no rules, say): `validatePolicy` tells.
 * @throws PolicyError `POLICY_UNKNOWN` for another contract, `POLICY_MALFORMED` for bytes it can't read
 */
export function decodePolicy({ policy, initData }: EncodedPolicy): Policy {
  const type = policyTypes.find((known) => sameAddress(policyAddresses[known], policy));
  if (type === undefined) {
    throw new PolicyError('POLICY_UNKNOWN', {
      shortMessage: "This policy contract is not known, so what it allows can't be shown.",
      details: policy,
      action: 'Do not enable it.',
    });
  }
  return policies[type].decode(initData);
}

/** Like `decodePolicy`, but null for a policy that can't be read. */
export function tryDecodePolicy(encoded: EncodedPolicy): Policy | null {
  try {
    return decodePolicy(encoded);
  } catch (error) {
    if (error instanceof PolicyError) return null;
    throw error;
  }
}

/** @throws PolicyError, AddressError for values the contract rejects or that would mean something else */
export function validatePolicy(policy: Policy): void {
  dispatch(policy, (module, value) => module.validate(value));
}

/** The contract's check of one call under one policy; counters come from and go to the caller. */
export function checkPolicy(policy: Policy, context: CheckContext): CheckResult {
  return dispatch(policy, (module, value) => module.check(value, context));
}

/** A policy in plain sentences, for the action it restricts. */
export function describePolicy(policy: Policy, context: DescribeContext): readonly Sentence[] {
  return dispatch(policy, (module, value) => module.describe(value, context));
}

const policyTypes = ['sudo', 'universal', 'timeframe', 'usageLimit', 'spendingLimits', 'valueLimit'] as const;

function encodeData(policy: Policy): Hex {
  return dispatch(policy, (module, value) => module.encode(value));
}

/** Pairs a policy with its module; the switch is what lets the compiler see that they fit. */
function dispatch<R>(policy: Policy, use: <P extends Policy>(module: PolicyModule<P>, policy: P) => R): R {
  switch (policy.type) {
    case 'sudo':
      return use(policies.sudo, policy);
    case 'universal':
      return use(policies.universal, policy);
    case 'timeframe':
      return use(policies.timeframe, policy);
    case 'usageLimit':
      return use(policies.usageLimit, policy);
    case 'spendingLimits':
      return use(policies.spendingLimits, policy);
    case 'valueLimit':
      return use(policies.valueLimit, policy);
    default:
      throw new PolicyError('POLICY_TYPE', {
        shortMessage: 'This kind of policy does not exist.',
        action: `Use one of ${policyTypes.join(', ')}.`,
      });
  }
}
