import { type Address, concatHex, type Hex } from 'viem';
import { policyAddresses } from '../../src/protocol/constants/addresses';
import type { EncodedPolicy, Policy } from '../../src/protocol/policies/policy';
import { policies } from '../../src/protocol/policies/registry';
import type { Grant } from '../../src/protocol/scope/grant';
import { feeBudgetAction } from '../../src/protocol/session/payment';
import type { Session } from '../../src/protocol/session/session';
import { feeToken, type Named } from './pools';
import type { Scenario } from './scenario';

/** The grant of a scenario: its session encoded as it is, without the checks that a request goes through. */
export function grantOf(
  scenario: Scenario,
  parts: { named: Named; chainId: number; redeemer: Address; salt: Hex },
): Grant {
  const { actions, feeBudget, paymaster, operationPolicy } = scenario;
  const own = actions.map(({ target, selector, policies: list, padding }) => ({
    actionTarget: target,
    actionTargetSelector: selector,
    actionPolicies: list.map((policy) => encodeAsIs(policy, padding)),
  }));
  const fee = feeBudget === null ? [] : [feeBudgetAction({ token: feeToken, maxPaymentAmount: feeBudget })];
  const session: Session = {
    sessionValidator: parts.named.validator,
    sessionValidatorInitData: parts.redeemer,
    salt: parts.salt,
    userOpPolicies: operationPolicy ? [encodeAsIs({ type: 'sudo' }, '0x')] : [],
    erc7739Policies: { allowedERC7739Content: [], erc1271Policies: [] },
    actions: [...own, ...fee],
    permitERC4337Paymaster: paymaster,
  };
  const feeBudgetIndex = feeBudget === null ? null : own.length;
  return { account: parts.named.account, chainId: parts.chainId, session, feeBudgetIndex };
}

function encodeAsIs(policy: Policy, padding: Hex): EncodedPolicy {
  return { policy: policyAddresses[policy.type], initData: concatHex([initDataOf(policy), padding]) };
}

function initDataOf(policy: Policy): Hex {
  switch (policy.type) {
    case 'sudo':
      return policies.sudo.encode(policy);
    case 'universal':
      return policies.universal.encode(policy);
    case 'timeframe':
      return policies.timeframe.encode(policy);
    case 'usageLimit':
      return policies.usageLimit.encode(policy);
    case 'spendingLimits':
      return policies.spendingLimits.encode(policy);
    case 'valueLimit':
      return policies.valueLimit.encode(policy);
  }
}
