import { describe, expect, it } from 'vitest';
import type { ActionData } from '../actions/action';
import type { Policy } from '../policies/policy';
import { withFeeBudget } from '../session/payment';
import { actionId } from '../session/permission';
import { toWord } from '../word';
import { exposure } from './exposure';
import { counterKey, emptyLedger, type Ledger } from './ledger';
import {
  account,
  action,
  alice,
  feeToken,
  forgedGrant,
  marker,
  now,
  rule,
  target,
  token,
  universal,
} from './testing/sample';

const upTo = (amount: bigint, offset = 32n) =>
  rule({ condition: 'lessThanOrEqual', calldataOffset: offset, comparisonValue: toWord(amount) });
const total = (limit: bigint) => ({ isLimited: true, usage: { limit, used: 0n } });
const inAll = (limit: bigint, offset = 32n) => ({ ...upTo(2n ** 255n, offset), ...total(limit) });
const calls = (limit: bigint): Policy => ({ type: 'usageLimit', limit });
const spend = (limit: bigint): Policy => ({ type: 'spendingLimits', tokenLimits: [{ token, limit }] });

const mostOf = (entries: readonly ActionData[], ledger: Ledger = emptyLedger, time = 0) =>
  Object.fromEntries(
    exposure({ grant: forgedGrant(entries), ledger, time }).assets.map(({ asset, most }) => [asset, most]),
  );
const transfer = (...policies: readonly Policy[]) => action(policies, token, '0xa9059cbb');
const approve = (...policies: readonly Policy[]) => action(policies, token, '0x095ea7b3');

describe('the most that a token function moves', () => {
  it.each<[string, readonly Policy[], bigint | 'unlimited']>([
    [
      'nothing that limits it',
      [{ type: 'timeframe', validAfter: 0, validUntil: now }, calls(2n)],
      'unlimited',
    ],
    ['a limit of all calls', [universal(inAll(9n))], 9n],
    ['a limit per call and a number of calls', [universal(upTo(5n)), calls(3n)], 15n],
    ['a limit per call alone', [universal(upTo(5n))], 'unlimited'],
    ['a spending limit', [spend(7n)], 7n],
    ['the lowest of several', [universal({ ...upTo(5n), ...total(9n) }), spend(7n), calls(3n)], 7n],
    [
      'a smallest amount per call, which limits the calls',
      [
        universal(
          upTo(5n),
          inAll(90n, 64n),
          rule({ condition: 'greaterThanOrEqual', calldataOffset: 64n, comparisonValue: toWord(30n) }),
        ),
      ],
      15n,
    ],
    [
      'rules that no amount can meet',
      [
        universal(
          upTo(5n),
          rule({ condition: 'greaterThan', calldataOffset: 32n, comparisonValue: toWord(5n) }),
        ),
      ],
      0n,
    ],
    [
      'a spending limit of another token',
      [{ type: 'spendingLimits', tokenLimits: [{ token: feeToken, limit: 5n }] }],
      0n,
    ],
    ['more than any supply', [spend(2n ** 130n)], 'unlimited'],
  ])('with %s', (_name, policies, most) => {
    expect(mostOf([transfer(...policies)])[token] ?? 0n).toBe(most);
  });

  it('adds up over its functions, each of which the chain counts apart', () => {
    const { assets } = exposure({ grant: forgedGrant([transfer(spend(7n)), approve(spend(5n))]) });
    expect(assets).toMatchObject([
      {
        asset: token,
        most: 12n,
        outliving: 5n,
        fees: 0n,
        steps: [{ effect: 'transfer' }, { effect: 'approval' }],
      },
    ]);
  });

  it('is nothing when the tokens come to the account', () => {
    const home = rule({ calldataOffset: 32n, comparisonValue: toWord(BigInt(account)) });
    expect(mostOf([action([universal(home)], token, '0x23b872dd')])).toEqual({});
  });

  it('of a collection counts tokens, or everything for an operator', () => {
    const noNative = universal(rule({ condition: 'greaterThanOrEqual' }));
    expect(mostOf([action([noNative, calls(4n)], token, '0x42842e0e')])).toEqual({ [token]: 4n });
    expect(mostOf([action([noNative, calls(1n)], token, '0xa22cb465')])).toEqual({ [token]: 'unlimited' });
    const onlyOff = universal(rule({ calldataOffset: 32n }));
    expect(mostOf([action([onlyOff, calls(1n)], token, '0xa22cb465')])).toEqual({});
  });

  it('through Permit2 is of the token that the rules fix, or of any', () => {
    const ofToken = rule({ comparisonValue: toWord(BigInt(token)) });
    expect(mostOf([action([universal(ofToken, inAll(6n, 64n))], target, '0x87517c45')])).toEqual({
      [token]: 6n,
    });
    expect(mostOf([action([universal(inAll(6n, 64n))], target, '0x87517c45')])).toEqual({ anyToken: 6n });
  });
});

describe('the most native coin', () => {
  it.each<[string, readonly Policy[], bigint | 'unlimited' | undefined]>([
    ['goes without a limit', [calls(3n)], 'unlimited'],
    ['goes up to a value limit', [{ type: 'valueLimit', limit: 8n }], 8n],
    ['goes with every call', [{ ...universal(upTo(1n)), valueLimitPerUse: 2n }, calls(3n)], 6n],
    ['goes with every call without end', [{ ...universal(upTo(1n)), valueLimitPerUse: 2n }], 'unlimited'],
    ['does not go', [universal(upTo(1n))], undefined],
  ])('%s', (_name, policies, most) => {
    expect(mostOf([action(policies)]).native).toBe(most);
  });
});

describe('what is left', () => {
  const entry = transfer(universal({ ...upTo(5n), ...total(9n) }), calls(3n));
  const key = (policy: 'universal' | 'usageLimit', counter?: string) =>
    counterKey(actionId(token, '0xa9059cbb'), policy, counter);

  it('shrinks with use', () => {
    expect(mostOf([entry], { [key('universal', '0')]: 5n })).toEqual({ [token]: 4n });
    expect(mostOf([entry], { [key('usageLimit')]: 3n })).toEqual({});
  });

  it('is nothing after the end', () => {
    const ending = transfer(spend(7n), { type: 'timeframe', validAfter: 0, validUntil: now });
    expect(mostOf([ending], emptyLedger, now)).toEqual({ [token]: 7n });
    expect(mostOf([ending], emptyLedger, now + 1)).toEqual({});
  });
});

it('fees are their own part, inside or outside an action of the person', () => {
  const own = withFeeBudget([transfer(spend(7n))], { token: feeToken, maxPaymentAmount: 50n });
  const grant = { ...forgedGrant(own.actions), feeBudgetIndex: own.feeBudgetIndex };
  expect(exposure({ grant }).assets).toMatchObject([
    { asset: token, most: 7n, fees: 0n },
    { asset: feeToken, most: 50n, fees: 50n },
  ]);
  const inside = withFeeBudget([transfer(spend(7n))], { token, maxPaymentAmount: 50n });
  if (inside.shared === null) expect.unreachable();
  const shared = { ...forgedGrant(inside.actions), sharedFee: inside.shared };
  expect(exposure({ grant: shared }).assets).toMatchObject([
    { asset: token, most: 57n, fees: 50n, outliving: 0n },
  ]);
});

it('what is not known or has no limit is said', () => {
  const grant = forgedGrant([
    action([universal(upTo(1n)), calls(2n)]),
    action([{ type: 'sudo' }], marker, '0x00000001'),
    action([{ type: 'valueLimit', limit: 1n }], alice, '0xffffffff'),
  ]);
  const { assets, opaque } = exposure({ grant });
  expect(assets.map(({ asset, most }) => [asset, most])).toEqual([
    ['anyToken', 'unlimited'],
    ['native', 'unlimited'],
  ]);
  expect(opaque).toMatchObject([{ target, calls: 2n }]);
});

it('the derivation names the limits that decide', () => {
  const { assets } = exposure({
    grant: forgedGrant([transfer(universal(rule({ condition: 'notEqual' }), upTo(5n)), calls(3n))]),
  });
  expect(assets[0]?.steps[0]).toMatchObject({
    limits: [
      { policy: 'universal', rule: 1, kind: 'perCall', amount: 5n },
      { policy: 'usageLimit', kind: 'calls', amount: 3n },
    ],
    sentence: {
      severity: 'info',
      text: `Transfers at most 15 units of ${token}: 5 units of ${token} per call (universal rule 2), 3 calls (usageLimit).`,
    },
  });
});
