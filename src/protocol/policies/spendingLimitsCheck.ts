import { type Hex, size, zeroAddress } from 'viem';
import { readSpend, type Spend, spendKind } from '../actions/spend';
import { sameAddress } from '../address';
import { type CheckContext, type CheckResult, overLimit, refused } from './check';
import type { SpendingLimitsPolicy } from './policy';

/** The contract's check of one call: no native value, a function it knows, whole arguments, then the total. */
export function checkSpendingLimits(policy: SpendingLimitsPolicy, context: CheckContext): CheckResult {
  const { call } = context;
  if (call.value !== 0n) {
    return refused({
      code: 'SPENDING_LIMIT_VALUE',
      chainRefusal: 'PolicyViolation',
      expected: 'no native coin',
      got: `${call.value} wei`,
      message: 'A call under a spending limit may not carry native coin.',
    });
  }
  const spend = readSpend(call.data);
  if (spend === null) return unreadable(call.data);
  return call.to === zeroAddress ? zeroToken() : checkAmount(policy, context, spend);
}

function checkAmount(
  { tokenLimits }: SpendingLimitsPolicy,
  { account, call, used }: CheckContext,
  spend: Spend,
): CheckResult {
  // The contract stores one limit per token, so a later entry of the same token replaces an earlier one.
  const limit = tokenLimits.findLast(({ token }) => sameAddress(token, call.to))?.limit ?? 0n;
  const counter = call.to.toLowerCase();
  const before = used(counter) ?? 0n;
  const comesHome = spend.kind === 'transferFrom' && sameAddress(spend.counterparty, account);
  const after = before + (comesHome ? 0n : spend.amount);
  if (after <= limit) return { ok: true, counters: { [counter]: after } };
  const remaining = limit > before ? limit - before : 0n;
  return refused({
    code: 'SPENDING_LIMIT_EXCEEDED',
    chainRefusal: overLimit(after),
    expected: `at most ${remaining} units of ${call.to}`,
    got: `${spend.amount}`,
    remaining,
    message: 'The call spends more of the token than the permission has left.',
  });
}

function unreadable(data: Hex): CheckResult {
  const known = size(data) < 4 || spendKind(`0x${data.slice(2, 10)}`) !== null;
  if (!known) {
    return refused({
      code: 'SPENDING_LIMIT_FUNCTION',
      chainRefusal: 'PolicyViolation',
      expected: 'transfer, transferFrom, approve or increaseAllowance',
      got: data.slice(0, 10),
      message: "The spending limit doesn't understand this function, so the chain refuses the call.",
    });
  }
  return refused({
    code: 'SPENDING_LIMIT_ARGUMENTS',
    chainRefusal: 'PolicyCheckReverted',
    expected: 'whole arguments with clean addresses',
    got: data.slice(0, 202),
    message: "The spending limit can't read the arguments of this call, so the chain refuses it.",
  });
}

function zeroToken(): CheckResult {
  return refused({
    code: 'SPENDING_LIMIT_TOKEN',
    chainRefusal: 'PolicyCheckReverted',
    expected: 'a token',
    got: zeroAddress,
    message: 'The zero address is not a token.',
  });
}
