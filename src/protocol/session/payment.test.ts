import fc from 'fast-check';
import type { Address } from 'viem';
import { describe, expect, it } from 'vitest';
import type { ActionData } from '../actions/action';
import { buildCustomAction } from '../actions/custom';
import type { Erc20ActionParameters } from '../actions/erc20';
import { buildNativeTransferAction } from '../actions/native';
import { buildTransferAction } from '../actions/transfer';
import { assertActions } from '../actions/validate';
import type { Policy, UniversalRule } from '../policies/policy';
import { decodePolicy } from '../policies/registry';
import { maxUint256, toWord } from '../word';
import { feeBudgetAction, PaymentError, readFeeBudget, withFeeBudget, withFeeBudgetInParts } from './payment';

const counter: Address = '0x9D6d5e255b591545029a7c450b8D1D9b7D037755';
const token: Address = '0x1E10e4f69b1dbABC3CA029D270DE08003F4F14fb';
const node: Address = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
const friend: Address = '0x1111111111111111111111111111111111111111';
const zero: Address = '0x0000000000000000000000000000000000000000';
const budget = { token, maxPaymentAmount: 5_000_000n };

const actionsOf = (groups: readonly { actions: readonly ActionData[] }[]) =>
  groups.flatMap(({ actions }) => actions);
const increment = actionsOf(
  buildCustomAction({
    chainIds: [1],
    contractAddress: counter,
    functionSignature: 'incrementCount()',
    policies: [{ type: 'sudo' }],
  }),
);
const transfer = (options: Omit<Erc20ActionParameters, 'chainIds' | 'contractAddress'>) =>
  actionsOf(buildTransferAction({ chainIds: [1], contractAddress: token.toLowerCase(), ...options }));
const amountRule = (rule: Partial<UniversalRule>): UniversalRule => ({
  condition: 'lessThanOrEqual',
  calldataOffset: 32n,
  comparisonValue: toWord(10_000_000n),
  isLimited: false,
  usage: { limit: 0n, used: 0n },
  ...rule,
});
const universal = (...rules: readonly UniversalRule[]) =>
  transfer({ policies: [{ type: 'universal', valueLimitPerUse: 0n, rules }] });
const policiesOf = (action: ActionData | undefined): readonly Policy[] =>
  action?.actionPolicies.map(decodePolicy) ?? [];

describe('a fee budget of its own', () => {
  it('goes behind the actions and reads back', () => {
    const { actions, feeBudgetIndex, shared } = withFeeBudget(increment, budget);
    expect(actions).toHaveLength(2);
    expect(feeBudgetIndex).toBe(1);
    expect(shared).toBeNull();
    expect(actions.map(readFeeBudget)).toEqual([null, budget]);
  });

  it('stands alone where the fee token is on a chain without actions', () => {
    const { actions, feeBudgetIndex } = withFeeBudget([], budget);
    expect(actions).toEqual([feeBudgetAction(budget)]);
    expect(feeBudgetIndex).toBe(0);
    expect(withFeeBudgetInParts([], budget)).toMatchObject({ parts: [actions], feeBudgetIndex: 0 });
  });

  it('is a plain transfer to the payee under a value limit for native coin', () => {
    const native = { token: zero, maxPaymentAmount: 7n, payee: node };
    const action = feeBudgetAction(native);
    expect(action).toMatchObject({ actionTarget: node, actionTargetSelector: '0xffffffff' });
    expect(policiesOf(action)).toEqual([{ type: 'valueLimit', limit: 7n }]);
    expect(readFeeBudget(action)).toEqual(native);
    expect(() => assertActions([action])).not.toThrow();
  });

  it('goes into the first of the parts that are enabled one by one', () => {
    const other = actionsOf(
      buildCustomAction({
        chainIds: [1],
        contractAddress: counter,
        functionSignature: 'reset()',
        policies: [{ type: 'sudo' }],
      }),
    );
    const { parts, feeBudgetIndex } = withFeeBudgetInParts([increment, other], budget);
    expect(parts).toEqual([[...increment, feeBudgetAction(budget)], other]);
    expect(parts.flat().map(readFeeBudget)).toEqual([null, budget, null]);
    expect(feeBudgetIndex).toBe(1);
  });

  it.each([
    ['zero', { token, maxPaymentAmount: 0n }, 'FEE_BUDGET_RANGE'],
    ['2^256', { token, maxPaymentAmount: 2n ** 256n }, 'FEE_BUDGET_RANGE'],
    ['native coin without a payee', { token: zero, maxPaymentAmount: 1n }, 'FEE_PAYEE_MISSING'],
  ] as const)('is refused for %s', (_name, wrong, code) => {
    expect(() => feeBudgetAction(wrong)).toThrow(expect.objectContaining({ code }));
    expect(() => feeBudgetAction(wrong)).toThrow(PaymentError);
  });

  it('is not read out of an action with another policy, rule or function', () => {
    const others = [
      ...transfer({ maxAmountLimit: 5n, usageLimit: 1n }),
      ...transfer({ amountLimitPerAction: 5n }),
      ...transfer({ maxAmountLimit: 5n, recipientAddress: friend }),
      ...universal(amountRule({ isLimited: true, usage: { limit: 5n, used: 1n } })),
      ...universal(amountRule({ condition: 'lessThan', isLimited: true, usage: { limit: 5n, used: 0n } })),
      { ...feeBudgetAction(budget), actionTargetSelector: '0x095ea7b3' as const },
    ];
    expect(others.map(readFeeBudget)).toEqual(others.map(() => null));
  });
});

describe('a fee budget inside an action of the person', () => {
  const widen = (actions: readonly ActionData[], maxPaymentAmount = 5_000_000n) => {
    const placed = withFeeBudget([...increment, ...actions], { token, maxPaymentAmount });
    if (placed.shared === null) expect.unreachable();
    return { ...placed, shared: placed.shared, policies: policiesOf(placed.actions[placed.shared.index]) };
  };

  it('keeps what was asked for and tells every number that became larger', () => {
    const asked = transfer({ maxAmountLimit: 10_000_000n, amountLimitPerAction: 1_000_000n });
    const { actions, feeBudgetIndex, shared, policies } = widen(asked);
    expect(actions).toHaveLength(2);
    expect(feeBudgetIndex).toBeNull();
    expect(shared).toMatchObject({ index: 1, budget, asked: asked[0] });
    expect(shared.widened).toEqual([
      { policy: 'universal', rule: 0, limit: 'perCall', asked: 1_000_000n, granted: 6_000_000n },
      { policy: 'universal', rule: 0, limit: 'total', asked: 10_000_000n, granted: 15_000_000n },
    ]);
    expect(policies).toEqual([
      {
        type: 'universal',
        valueLimitPerUse: 0n,
        rules: [
          amountRule({
            comparisonValue: toWord(6_000_000n),
            isLimited: true,
            usage: { limit: 15_000_000n, used: 0n },
          }),
        ],
      },
    ]);
  });

  it('raises a spending limit instead of adding a second policy', () => {
    const { shared, policies } = widen(
      transfer({ policies: [{ type: 'spendingLimits', tokenLimits: [{ token, limit: 10n }] }] }),
      5n,
    );
    expect(policies).toEqual([{ type: 'spendingLimits', tokenLimits: [{ token, limit: 15n }] }]);
    expect(shared.widened).toEqual([
      { policy: 'spendingLimits', rule: null, limit: 'total', asked: 10n, granted: 15n },
    ]);
  });

  it('doubles a number of calls, because every payment is one', () => {
    const { shared, policies } = widen(transfer({ usageLimit: 3n }));
    expect(policies).toEqual([{ type: 'usageLimit', limit: 6n }]);
    expect(shared.widened).toEqual([
      { policy: 'usageLimit', rule: null, limit: 'calls', asked: 3n, granted: 6n },
    ]);
  });

  it('changes no byte where nothing limits a fee: full access, a time frame, an open amount', () => {
    for (const asked of [
      transfer({ policies: [{ type: 'sudo' }] }),
      transfer({ validAfter: 0, validUntil: 1_900_000_000 }),
      universal(amountRule({ condition: 'greaterThan', comparisonValue: toWord(0n) })),
      universal(
        amountRule({ condition: 'notEqual', calldataOffset: 0n, comparisonValue: toWord(BigInt(friend)) }),
      ),
    ]) {
      const { actions, shared } = widen(asked);
      expect(shared.widened).toEqual([]);
      expect(actions).toEqual([...increment, ...asked]);
    }
  });

  it('never needs a free rule, so sixteen rules are no obstacle', () => {
    const blocked = Array.from({ length: 15 }, (_, index) =>
      amountRule({
        condition: 'notEqual',
        calldataOffset: 0n,
        comparisonValue: toWord(BigInt(friend) + BigInt(index)),
      }),
    );
    const { policies } = widen(universal(...blocked, amountRule({})));
    const [policy] = policies;
    if (policy?.type !== 'universal') expect.unreachable();
    expect(policy.rules).toHaveLength(16);
    expect(policy.rules.at(-1)?.comparisonValue).toBe(toWord(15_000_000n));
  });

  it.each<[string, UniversalRule, string]>([
    ['an exact amount', amountRule({ condition: 'equal' }), 'FEE_AMOUNT_RULE'],
    [
      'a least amount',
      amountRule({ condition: 'greaterThanOrEqual', comparisonValue: toWord(2n) }),
      'FEE_AMOUNT_RULE',
    ],
    [
      'more than an amount',
      amountRule({ condition: 'greaterThan', comparisonValue: toWord(1n) }),
      'FEE_AMOUNT_RULE',
    ],
    [
      'a range that starts above 1',
      amountRule({ condition: 'inRange', comparisonValue: toWord((2n << 128n) | 9n) }),
      'FEE_AMOUNT_RULE',
    ],
    ['one recipient', amountRule({ condition: 'equal', calldataOffset: 0n }), 'FEE_RECIPIENT_RULE'],
    [
      'a range of recipients',
      amountRule({ condition: 'lessThan', calldataOffset: 0n }),
      'FEE_RECIPIENT_RULE',
    ],
    ['a rule behind the arguments', amountRule({ calldataOffset: 64n }), 'FEE_RULE_OUTSIDE'],
  ])('is refused beside %s, with the way out', (_name, rule, code) => {
    expect(() => widen(universal(rule))).toThrow(
      expect.objectContaining({ code, action: expect.stringContaining('another token') }),
    );
  });

  it('is refused beside sixteen rules that leave no fee a way', () => {
    const rules = Array.from({ length: 16 }, (_, index) =>
      amountRule({ calldataOffset: BigInt(64 + 32 * index) }),
    );
    expect(() => widen(universal(...rules))).toThrow(PaymentError);
  });

  it('stops at the largest number that the contract holds', () => {
    const most = maxUint256 - 1n;
    const { shared } = widen(transfer({ maxAmountLimit: most }));
    expect(shared.widened.map(({ granted }) => granted)).toEqual([maxUint256, maxUint256]);
    const full = widen(transfer({ maxAmountLimit: maxUint256 }));
    expect(full.policies[0]).toMatchObject({
      rules: [{ comparisonValue: toWord(maxUint256), usage: { limit: maxUint256 } }],
    });
    const below = amountRule({ condition: 'lessThan', comparisonValue: toWord(maxUint256) });
    expect(widen(universal(below)).policies[0]).toMatchObject({
      rules: [{ condition: 'lessThan', comparisonValue: toWord(maxUint256) }],
    });
    const range = widen(
      universal(amountRule({ condition: 'inRange', comparisonValue: toWord(2n ** 128n - 1n) })),
    );
    expect(range.policies[0]).toMatchObject({ rules: [{ comparisonValue: toWord(2n ** 128n - 1n) }] });
    expect(widen(transfer({ usageLimit: 2n ** 128n - 1n })).policies).toEqual([
      { type: 'usageLimit', limit: 2n ** 128n - 1n },
    ]);
  });

  it('raises the value limit of a plain transfer to the same payee', () => {
    const native = { token: zero, maxPaymentAmount: 5n, payee: node };
    const asked = actionsOf(
      buildNativeTransferAction({ chainIds: [1], recipientAddress: node, valueLimit: 10n }),
    );
    const { actions, shared } = withFeeBudget(asked, native);
    expect(policiesOf(actions[0])).toEqual([{ type: 'valueLimit', limit: 15n }]);
    expect(shared?.widened).toEqual([
      { policy: 'valueLimit', rule: null, limit: 'total', asked: 10n, granted: 15n },
    ]);
    const elsewhere = buildNativeTransferAction({ chainIds: [1], recipientAddress: friend, valueLimit: 10n });
    expect(withFeeBudget(actionsOf(elsewhere), native)).toMatchObject({ feeBudgetIndex: 1, shared: null });
  });

  it('stays in its part where parts are enabled one by one', () => {
    const asked = transfer({ maxAmountLimit: 10n });
    const { parts, shared } = withFeeBudgetInParts([increment, asked, []], budget);
    expect(parts.map(({ length }) => length)).toEqual([1, 1, 0]);
    expect(parts.flat()[shared?.index ?? -1]).toBe(parts[1]?.[0]);
  });

  it('always leaves an action that the contracts accept and that limits no less than was asked', () => {
    const amount = fc.bigInt(1n, maxUint256);
    fc.assert(
      fc.property(amount, amount, amount, (perCall, total, fees) => {
        const asked = transfer({ amountLimitPerAction: perCall, maxAmountLimit: total });
        const { actions, shared } = withFeeBudget(asked, { token, maxPaymentAmount: fees });
        assertActions(actions);
        for (const { asked: before, granted } of shared?.widened ?? []) {
          expect(granted).toBe(fees > maxUint256 - before ? maxUint256 : before + fees);
        }
        expect(shared?.widened).toHaveLength(2);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves a transfer of another token and an approval of the same one alone', () => {
    const other = actionsOf(
      buildTransferAction({ chainIds: [1], contractAddress: counter, maxAmountLimit: 1n }),
    );
    const approve = { ...transfer({ maxAmountLimit: 1n })[0], actionTargetSelector: '0x095ea7b3' as const };
    const asked = [...other, { ...feeBudgetAction(budget), ...approve }];
    expect(withFeeBudget(asked, budget)).toEqual({
      actions: [...asked, feeBudgetAction(budget)],
      feeBudgetIndex: 2,
      shared: null,
    });
  });
});
