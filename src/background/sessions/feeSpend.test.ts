import { describe, expect, it } from 'vitest';
import { account, counter, plan, token } from '../testing/records';
import { spendFee } from './feeSpend';

const [permission] = plan.permissions;
if (!permission) throw new RangeError('The plan has no permission.');
const spend = (amount: bigint, ledger = {}) =>
  spendFee({ permission, account, ledger, fee: { amount, recipient: counter }, time: 1_000 });

const refusalOf = (task: () => unknown) => {
  try {
    task();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('the fee budget', () => {
  it('adds fees up to the budget and not above, and says what is left', () => {
    const after = spend(4_999_999n);
    expect(Object.values(after)).toEqual([4_999_999n]);
    expect(Object.values(spend(1n, after))).toEqual([5_000_000n]);
    expect(refusalOf(() => spend(2n, after))).toMatchObject({
      code: -32000,
      data: { reason: 'FEE_BUDGET_EXCEEDED', details: { fee: '2', remaining: '1' } },
    });
  });

  it('refuses one fee above the whole budget', () => {
    expect(refusalOf(() => spend(5_000_001n))).toMatchObject({ data: { reason: 'FEE_BUDGET_EXCEEDED' } });
  });

  it('is never taken from another action', () => {
    const others = [
      { ...permission, feeBudgetIndex: null },
      { ...permission, feeBudgetIndex: 0 },
      { ...permission, feeBudgetIndex: 9 },
    ];
    for (const other of others) {
      const task = () =>
        spendFee({ permission: other, account, ledger: {}, fee: { amount: 1n, recipient: token }, time: 1 });
      expect(refusalOf(task)).toMatchObject({ code: 4100, data: { reason: 'FEE_BUDGET_MISSING' } });
    }
  });
});
