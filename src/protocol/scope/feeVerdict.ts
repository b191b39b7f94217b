import type { Address } from 'viem';
import { sameAddress } from '../address';
import { readFeeBudget } from '../session/payment';
import { actionId } from '../session/permission';
import { type Denial, wholeDenial } from './denial';
import type { Grant } from './grant';
import { counterKey, type Ledger } from './ledger';

/** What is left of a grant's fee budget, in the token's smallest unit; null when it has none. */
export function remainingFeeBudget(
  grant: Grant,
  ledger: Ledger,
): { token: Address; remaining: bigint } | null {
  const budget = budgetOf(grant);
  if (budget === null) return null;
  const used = ledger[budget.counter] ?? 0n;
  return { token: budget.token, remaining: budget.limit > used ? budget.limit - used : 0n };
}

/**
 * Whether a grant's fee budget covers a fee, counted apart from everything the dapp may do.
 * @param fee amount in the fee token's smallest unit, as `verifyQuote` found it
 */
export function feeVerdict(
  grant: Grant,
  ledger: Ledger,
  fee: { token: Address; amount: bigint },
): { allowed: true; ledger: Ledger } | { allowed: false; reasons: readonly Denial[] } {
  const budget = budgetOf(grant);
  const left = remainingFeeBudget(grant, ledger);
  if (budget === null || left === null || !sameAddress(left.token, fee.token)) {
    return refuse(
      'FEE_BUDGET_MISSING',
      `a fee budget in ${fee.token}`,
      'none',
      "The permission can't pay fees in this token.",
    );
  }
  if (fee.amount > left.remaining) {
    const refusal = refuse(
      'FEE_BUDGET_EXCEEDED',
      `at most ${left.remaining}`,
      String(fee.amount),
      'The fee is more than the fee budget of the permission has left.',
    );
    return {
      ...refusal,
      reasons: refusal.reasons.map((reason) => ({ ...reason, remaining: left.remaining })),
    };
  }
  const used = ledger[budget.counter] ?? 0n;
  return { allowed: true, ledger: { ...ledger, [budget.counter]: used + fee.amount } };
}

function budgetOf({ session, feeBudgetIndex }: Grant) {
  const action = feeBudgetIndex === null ? undefined : session.actions[feeBudgetIndex];
  const budget = action === undefined ? null : readFeeBudget(action);
  if (action === undefined || budget === null) return null;
  const id = actionId(action.actionTarget, action.actionTargetSelector);
  return { token: budget.token, limit: budget.maxPaymentAmount, counter: counterKey(id, 'universal', '0') };
}

function refuse(
  code: 'FEE_BUDGET_MISSING' | 'FEE_BUDGET_EXCEEDED',
  expected: string,
  got: string,
  message: string,
) {
  return { allowed: false as const, reasons: [wholeDenial(code, { expected, got, message })] };
}
