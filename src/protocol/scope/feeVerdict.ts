import { type Address, zeroAddress } from 'viem';
import type { Call } from '../actions/call';
import { encodeTransfer } from '../actions/transfer';
import { sameAddress } from '../address';
import { type FeeBudgetParameters, readFeeBudget } from '../session/payment';
import { type Denial, wholeDenial } from './denial';
import type { Grant } from './grant';
import { feeKey, type Ledger } from './ledger';
import { preparedAction } from './preparedSession';
import { chainVerdict, type Verdict } from './verdict';

/** A fee that the payment operation of a supertransaction pays. */
export type Fee = {
  /** The zero address for native coin. */
  token: Address;
  /** In the token's smallest unit, as `verifyQuote` found it. */
  amount: bigint;
  /** Who gets it; needed only where a rule of a shared action limits recipients. */
  recipient?: Address;
};

/** What is left of a grant's fee budget, in the token's smallest unit; null when it has none. */
export function remainingFeeBudget(
  grant: Grant,
  ledger: Ledger,
): { token: Address; remaining: bigint } | null {
  const place = budgetPlace(grant);
  if (place === null) return null;
  const { token, maxPaymentAmount: limit } = place.budget;
  const used = ledger[place.counter] ?? 0n;
  return { token, remaining: limit > used ? limit - used : 0n };
}

/**
 * Whether a grant's fee budget covers a fee: the payment operation judged as the chain judges it, and counted in the
 * same ledger as the calls. It runs before the calls, so judge those on the ledger that this returns.
 * @param time unix seconds; matters only where fees share an action that has a time window
 */
export function feeVerdict(grant: Grant, ledger: Ledger, fee: Fee, time = 0): Verdict {
  const place = budgetPlace(grant);
  const left = remainingFeeBudget(grant, ledger);
  if (place === null || left === null || !sameAddress(left.token, fee.token)) return refuse(missing(fee));
  const overShare = place.isShared && fee.amount > left.remaining;
  if (overShare) return refuse(exceeded(fee, left.remaining, null));
  const judged = chainVerdict({ grant, ledger, calls: [feeCall(fee, place.budget)], time });
  if (!judged.allowed)
    return { allowed: false, reasons: judged.reasons.map(ownWords(place, fee, left.remaining)) };
  if (!place.isShared) return judged;
  return {
    allowed: true,
    ledger: { ...judged.ledger, [place.counter]: (ledger[place.counter] ?? 0n) + fee.amount },
  };
}

/** A budget, the ledger key that counts it, and whether other calls go through the same action. */
type BudgetPlace = { budget: FeeBudgetParameters; counter: string; isShared: boolean };

function budgetPlace({ session, feeBudgetIndex, sharedFee }: Grant): BudgetPlace | null {
  const index = sharedFee?.index ?? feeBudgetIndex;
  const action = index === null ? undefined : session.actions[index];
  const filed = action && preparedAction(session, action.actionTarget, action.actionTargetSelector);
  if (!action || !filed) return null;
  if (sharedFee !== undefined) return { budget: sharedFee.budget, counter: feeKey(filed.id), isShared: true };
  const budget = readFeeBudget(action);
  const [policy] = filed.policies;
  if (budget === null || policy === undefined) return null;
  const counter = policy.keyOf(policy.policy?.type === 'universal' ? '0' : '');
  return { budget, counter, isShared: false };
}

function feeCall({ token, amount, recipient }: Fee, { payee }: FeeBudgetParameters): Call {
  if (token !== zeroAddress) {
    return { to: token, value: 0n, data: encodeTransfer(recipient ?? zeroAddress, amount) };
  }
  return { to: payee ?? recipient ?? zeroAddress, value: amount, data: '0x' };
}

function refuse(reason: Denial): Verdict {
  return { allowed: false, reasons: [reason] };
}

function missing({ token }: Fee): Denial {
  return wholeDenial('FEE_BUDGET_MISSING', null, {
    expected: `a fee budget in ${token}`,
    got: 'none',
    message: "The permission can't pay fees in this token.",
  });
}

function exceeded({ amount }: Fee, remaining: bigint, chainRefusal: Denial['chainRefusal']): Denial {
  const denial = wholeDenial('FEE_BUDGET_EXCEEDED', chainRefusal, {
    expected: `at most ${remaining}`,
    got: String(amount),
    message: 'The fee is more than the fee budget of the permission has left.',
  });
  return { ...denial, remaining };
}

/** A limit of the budget's own action is the budget; any other refusal keeps its words. */
function ownWords({ isShared }: BudgetPlace, fee: Fee, remaining: bigint): (reason: Denial) => Denial {
  return (reason) => {
    const isBudget = !isShared && (reason.policy === 'universal' || reason.policy === 'valueLimit');
    return isBudget ? exceeded(fee, remaining, reason.chainRefusal) : { ...reason, callIndex: null };
  };
}
