import { describe, expect, it } from 'vitest';
import { buildTransferAction, encodeTransfer } from '../../protocol/actions/transfer';
import type { Ledger } from '../../protocol/scope/ledger';
import { withFeeBudget } from '../../protocol/session/payment';
import type { PlannedPermission } from '../../storage/records';
import { account, counter, grantRecord, increment, plan, token } from '../testing/records';
import { joinByChain, judgeCalls, judgeFee } from './grantScope';

const [permission] = plan.permissions;
if (!permission) throw new RangeError('The plan has no permission.');

const grantOf = (change: Partial<PlannedPermission>) =>
  grantRecord({ permissions: [{ ...permission, ...change }] });
const pay = (amount: bigint, ledger: Ledger = {}, grant = grantRecord()) =>
  judgeFee(grant, 8453, { token, amount, recipient: counter }, ledger, 1_000);
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
    const after = pay(4_999_999n);
    expect(Object.values(after)).toEqual([4_999_999n]);
    expect(Object.values(pay(1n, after))).toEqual([5_000_000n]);
    expect(refusalOf(() => pay(2n, after))).toMatchObject({
      code: -32000,
      data: { reason: 'FEE_BUDGET_EXCEEDED', details: { fee: '2', remaining: '1' } },
    });
  });

  it('is never taken from another action, nor in another token', () => {
    for (const feeBudgetIndex of [null, 0, 9]) {
      expect(refusalOf(() => pay(1n, {}, grantOf({ feeBudgetIndex })))).toMatchObject({
        code: 4100,
        data: { reason: 'FEE_BUDGET_MISSING' },
      });
    }
    const other = () => judgeFee(grantRecord(), 8453, { token: counter, amount: 1n }, {}, 1_000);
    expect(refusalOf(other)).toMatchObject({ data: { reason: 'FEE_BUDGET_MISSING' } });
  });
});

describe('a limit that fees share on chain', () => {
  const [asked] =
    buildTransferAction({ chainIds: [8453], contractAddress: token, maxAmountLimit: 10n })[0]?.actions ?? [];
  if (!asked) throw new RangeError('There is no transfer action.');
  const placed = withFeeBudget([asked], { token, maxPaymentAmount: 5n });
  if (placed.shared === null) throw new RangeError('The budget is not shared.');
  const grant = grantOf({
    session: { ...permission.session, actions: placed.actions },
    feeBudgetIndex: null,
    sharedFee: placed.shared,
  });
  const transfer = (amount: bigint, ledger: Ledger) =>
    judgeCalls(
      grant,
      { chainId: 8453, calls: [{ to: token, value: 0n, data: encodeTransfer(counter, amount) }] },
      ledger,
      1_000,
    );

  it('stays what was asked for the dapp, whatever fees take, and the other way round', () => {
    const paid = pay(5n, {}, grant);
    const moved = transfer(10n, paid);
    expect(refusalOf(() => transfer(1n, moved))).toMatchObject({
      code: 4100,
      data: { reason: 'RULE_TOTAL_EXCEEDED', details: { remaining: '0' } },
    });
    expect(refusalOf(() => transfer(11n, {}))).toMatchObject({ code: 4100 });
    expect(refusalOf(() => pay(6n, {}, grant))).toMatchObject({ data: { reason: 'FEE_BUDGET_EXCEEDED' } });
    expect(refusalOf(() => pay(1n, moved, grant))).toMatchObject({ data: { reason: 'FEE_BUDGET_EXCEEDED' } });
  });
});

describe('actions of a grant', () => {
  const call = { chainId: 8453, calls: [{ to: counter, value: 0n, data: increment }] };

  it('that the chain lacks, or that were revoked, are told apart from those never granted', () => {
    const judge = (states: PlannedPermission['states']) =>
      refusalOf(() => judgeCalls(grantOf(states ? { states } : {}), call, {}, 1_000));
    expect(judge(['notEnabled', 'enabled'])).toMatchObject({ data: { reason: 'ACTION_NOT_ENABLED' } });
    expect(judge(['revoked', 'enabled'])).toMatchObject({ data: { reason: 'ACTION_REVOKED' } });
    expect(judge(['enabled', 'notEnabled'])).toBeUndefined();
    expect(judge(undefined)).toBeUndefined();
  });

  it('are judged chain by chain, calls of one chain in their order', () => {
    const first = { to: counter, value: 0n, data: increment };
    const second = { to: account, value: 1n, data: '0x' } as const;
    expect(
      joinByChain([
        { chainId: 1, calls: [first] },
        { chainId: 2, calls: [second] },
        { chainId: 1, calls: [second] },
      ]),
    ).toEqual([
      { chainId: 1, calls: [first, second] },
      { chainId: 2, calls: [second] },
    ]);
  });
});
