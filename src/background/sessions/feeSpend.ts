import type { Address } from 'viem';
import { encodeTransfer } from '../../protocol/actions/transfer';
import { checkPolicy, decodePolicy } from '../../protocol/policies/registry';
import { counterKey, type Ledger } from '../../protocol/scope/ledger';
import { readFeeBudget } from '../../protocol/session/payment';
import { actionId } from '../../protocol/session/permission';
import type { PlannedPermission } from '../../storage/records';
import { unauthorized, unavailable } from '../errors/rpcErrors';

/** A fee that a node asks for: base units of the fee token, to its recipient. */
export type Fee = { amount: bigint; recipient: Address };

const noBudget = () =>
  unauthorized({
    reason: 'FEE_BUDGET_MISSING',
    message: "This permission can't pay fees on that chain.",
    action: 'Ask for a permission that pays its fees there.',
  });

const overBudget = (fee: bigint, remaining: bigint | undefined) =>
  unavailable({
    reason: 'FEE_BUDGET_EXCEEDED',
    message: "The node's fee is more than what is left of the permission's fee budget.",
    action: 'Try again when fees are lower, or ask for a new permission.',
    details: { fee: fee.toString(), ...(remaining === undefined ? {} : { remaining: remaining.toString() }) },
  });

const feeAction = ({ session, feeBudgetIndex }: PlannedPermission) => {
  const action = feeBudgetIndex === null ? undefined : session.actions[feeBudgetIndex];
  const budget = action && readFeeBudget(action);
  if (!action || !budget) throw noBudget();
  return { action, budget };
};

/**
 * The ledger after a fee is paid from the permission's fee budget, judged as the chain judges the payment.
 * @throws RpcError FEE_BUDGET_EXCEEDED, FEE_BUDGET_MISSING
 */
export const spendFee = (parts: {
  permission: PlannedPermission;
  account: Address;
  ledger: Ledger;
  fee: Fee;
  /** Unix seconds. */
  time: number;
}): Ledger => {
  const { permission, account, ledger, fee, time } = parts;
  const { action } = feeAction(permission);
  const id = actionId(action.actionTarget, action.actionTargetSelector);
  const call = { to: action.actionTarget, value: 0n, data: encodeTransfer(fee.recipient, fee.amount) };
  const after: Record<string, bigint> = { ...ledger };
  for (const encoded of action.actionPolicies) {
    const policy = decodePolicy(encoded);
    const used = (counter: string) => after[counterKey(id, policy.type, counter)];
    const result = checkPolicy(policy, { account, call, time, used });
    if (!result.ok) throw overBudget(fee.amount, result.failure.remaining);
    for (const [name, value] of Object.entries(result.counters))
      after[counterKey(id, policy.type, name)] = value;
  }
  return after;
};
