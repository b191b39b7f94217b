import { zeroAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import type { ActionData } from '../actions/action';
import { encodeTransfer } from '../actions/transfer';
import { withFeeBudget } from '../session/payment';
import { toWord } from '../word';
import { feeVerdict, remainingFeeBudget } from './feeVerdict';
import type { Grant } from './grant';
import { emptyLedger, type Ledger } from './ledger';
import {
  action,
  alice,
  bob,
  call,
  codes,
  feeToken,
  grantOf,
  now,
  rule,
  token,
  universal,
} from './testing/sample';
import { type Verdict, verdict } from './verdict';

const sudo = { type: 'sudo' } as const;

function budgeted(actions: readonly ActionData[], budget: Parameters<typeof withFeeBudget>[1]): Grant {
  const placed = withFeeBudget(actions, budget);
  const grant = { ...grantOf(...placed.actions), feeBudgetIndex: placed.feeBudgetIndex };
  return placed.shared === null ? grant : { ...grant, sharedFee: placed.shared };
}

const ledgerOf = (result: Verdict): Ledger => (result.allowed ? result.ledger : expect.unreachable());

describe('a fee budget of its own', () => {
  const grant = budgeted([action([sudo])], { token: feeToken, maxPaymentAmount: 50n });

  it('covers fees up to its end, counted apart', () => {
    const ledger = ledgerOf(feeVerdict(grant, emptyLedger, { token: feeToken, amount: 30n }));
    expect(remainingFeeBudget(grant, ledger)).toEqual({ token: feeToken, remaining: 20n });
    expect(feeVerdict(grant, ledger, { token: feeToken, amount: 20n, recipient: bob }).allowed).toBe(true);
    expect(feeVerdict(grant, ledger, { token: feeToken, amount: 21n })).toMatchObject({
      reasons: [{ code: 'FEE_BUDGET_EXCEEDED', chainRefusal: 'PolicyViolation', remaining: 20n }],
    });
  });

  it('is missing for another token or where none was granted', () => {
    const none = { ...grant, feeBudgetIndex: null };
    const answers = [
      feeVerdict(grant, emptyLedger, { token, amount: 1n }),
      feeVerdict(none, emptyLedger, { token: feeToken, amount: 1n }),
    ];
    expect(answers.map(codes)).toEqual([['FEE_BUDGET_MISSING'], ['FEE_BUDGET_MISSING']]);
    expect(remainingFeeBudget(none, emptyLedger)).toBeNull();
  });

  it('in native coin goes to one address', () => {
    const native = budgeted([action([sudo])], { token: zeroAddress, maxPaymentAmount: 9n, payee: alice });
    const ledger = ledgerOf(feeVerdict(native, emptyLedger, { token: zeroAddress, amount: 4n }));
    expect(remainingFeeBudget(native, ledger)).toEqual({ token: zeroAddress, remaining: 5n });
    expect(codes(feeVerdict(native, ledger, { token: zeroAddress, amount: 6n }))).toEqual([
      'FEE_BUDGET_EXCEEDED',
    ]);
    const dapp = verdict({ grant: native, ledger, calls: [call('0x', alice, 1n)], time: now });
    expect(codes(dapp)).toEqual(['FEE_BUDGET_ONLY']);
  });
});

describe('a fee budget inside an action of the person', () => {
  const limited = rule({
    condition: 'lessThanOrEqual',
    calldataOffset: 32n,
    comparisonValue: toWord(6n),
    isLimited: true,
    usage: { limit: 10n, used: 0n },
  });
  const asked = action([universal(limited), { type: 'usageLimit', limit: 3n }], token, '0xa9059cbb');
  const grant = budgeted([asked], { token, maxPaymentAmount: 5n });
  const pay = (amount: bigint) => call(encodeTransfer(alice, amount), token);
  const judge = (ledger: Ledger, ...amounts: readonly bigint[]) =>
    verdict({ grant, ledger, calls: amounts.map(pay), time: now });

  it('leaves the dapp what it asked for and no more', () => {
    expect(judge(emptyLedger, 6n, 4n).allowed).toBe(true);
    expect(judge(emptyLedger, 7n)).toMatchObject({ reasons: [{ code: 'RULE_NOT_MET', chainRefusal: null }] });
    expect(judge(ledgerOf(judge(emptyLedger, 6n)), 5n)).toMatchObject({
      reasons: [{ code: 'RULE_TOTAL_EXCEEDED', chainRefusal: null, remaining: 4n }],
    });
    expect(codes(judge(emptyLedger, 1n, 1n, 1n, 1n))).toEqual(['USAGE_LIMIT_EXCEEDED']);
  });

  it('gives fees their part and no more, whatever the dapp takes', () => {
    const fee = (ledger: Ledger, amount: bigint) => feeVerdict(grant, ledger, { token, amount }, now);
    const after = ledgerOf(fee(emptyLedger, 3n));
    expect(remainingFeeBudget(grant, after)).toEqual({ token, remaining: 2n });
    expect(fee(after, 3n)).toMatchObject({ reasons: [{ code: 'FEE_BUDGET_EXCEEDED', remaining: 2n }] });
    const spent = ledgerOf(judge(after, 6n, 4n));
    expect(fee(spent, 2n).allowed).toBe(true);
    expect(judge(ledgerOf(fee(spent, 2n)), 1n).allowed).toBe(false);
  });

  it('keeps a refusal of the action itself in its own words', () => {
    const closed = budgeted(
      [action([sudo, { type: 'timeframe', validAfter: now, validUntil: 0 }], token, '0xa9059cbb')],
      { token, maxPaymentAmount: 5n },
    );
    const early = feeVerdict(closed, emptyLedger, { token, amount: 1n }, now - 1);
    expect(early).toMatchObject({ reasons: [{ code: 'TIMEFRAME_NOT_STARTED', callIndex: null }] });
    expect(feeVerdict(closed, emptyLedger, { token, amount: 1n }, now).allowed).toBe(true);
  });
});
