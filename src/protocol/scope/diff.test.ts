import { describe, expect, it } from 'vitest';
import type { ActionData } from '../actions/action';
import type { Policy } from '../policies/policy';
import { withFeeBudget } from '../session/payment';
import { actionId } from '../session/permission';
import { toWord } from '../word';
import { diff, isWithin } from './diff';
import { counterKey, emptyLedger, type Ledger } from './ledger';
import {
  account,
  action,
  alice,
  bob,
  feeToken,
  forgedGrant,
  marker,
  now,
  rule,
  selector,
  target,
  token,
  universal,
} from './testing/sample';

const upTo = (amount: bigint, limit?: bigint) =>
  rule({
    condition: 'lessThanOrEqual',
    calldataOffset: 32n,
    comparisonValue: toWord(amount),
    ...(limit === undefined ? {} : { isLimited: true, usage: { limit, used: 0n } }),
  });
const calls = (limit: bigint): Policy => ({ type: 'usageLimit', limit });
const spend = (limit: bigint): Policy => ({ type: 'spendingLimits', tokenLimits: [{ token, limit }] });
const window = (validAfter: number, validUntil: number): Policy => ({
  type: 'timeframe',
  validAfter,
  validUntil,
});
const transfer = (...policies: readonly Policy[]) => action(policies, token, '0xa9059cbb');
const paying = (valueLimitPerUse: bigint): Policy => ({ ...universal(upTo(1n)), valueLimitPerUse });
const to = (address: `0x${string}`) => rule({ comparisonValue: toWord(BigInt(address)) });

const between = (
  asked: readonly ActionData[],
  granted: readonly ActionData[],
  ledger: Ledger = emptyLedger,
) => diff({ asked: forgedGrant(asked), granted: forgedGrant(granted), ledger, time: now });

describe('a request that nobody needs to be asked for', () => {
  it.each<[string, ActionData, ActionData]>([
    [
      'the same',
      transfer(universal(to(alice), upTo(5n, 9n)), calls(3n), window(0, now + 9)),
      transfer(universal(to(alice), upTo(5n, 9n)), calls(3n), window(0, now + 9)),
    ],
    [
      'less of everything',
      transfer(universal(to(alice), upTo(4n, 8n)), calls(2n), window(now + 1, now + 8)),
      transfer(universal(to(alice), upTo(5n, 9n)), calls(3n), window(now, now + 9)),
    ],
    ['limits where sudo was granted', transfer(calls(1n)), transfer({ type: 'sudo' })],
    ['a start that has passed already', transfer(calls(1n)), transfer(calls(1n), window(now - 5, 0))],
    ['one kind of limit for another', transfer(spend(9n)), transfer(universal(upTo(9n, 9n)))],
    ['calls that add up to no more', transfer(universal(upTo(3n)), calls(3n)), transfer(spend(9n))],
    [
      'another address than the excluded one',
      transfer(universal(to(alice))),
      transfer(universal({ ...to(bob), condition: 'notEqual' })),
    ],
    ['what can never be used', action([window(0, now - 1)]), transfer(calls(1n))],
  ])('%s', (_name, asked, granted) => {
    expect(between([asked], [granted])).toEqual([]);
  });
});

describe('what a request asks for beyond a grant', () => {
  it.each<[string, ActionData, ActionData, object]>([
    [
      'calls',
      transfer(calls(4n)),
      transfer(calls(3n)),
      { policy: 'usageLimit', aspect: 'calls', granted: 3n, asked: 4n },
    ],
    [
      'calls without end',
      transfer({ type: 'sudo' }),
      transfer(calls(3n)),
      { aspect: 'calls', granted: 3n, asked: null },
    ],
    [
      'an amount per call',
      transfer(universal(upTo(6n))),
      transfer(universal(upTo(5n))),
      { rule: 0, aspect: 'perCall', granted: 5n, asked: 6n },
    ],
    [
      'an amount in all',
      transfer(universal(upTo(5n))),
      transfer(universal(upTo(5n, 9n))),
      { rule: 0, aspect: 'total', granted: 9n, asked: null },
    ],
    [
      'more of a token',
      transfer(spend(10n)),
      transfer(spend(9n)),
      { policy: 'spendingLimits', aspect: 'total', granted: 9n, asked: 10n },
    ],
    [
      'another recipient',
      transfer(universal(to(bob))),
      transfer(universal(to(alice))),
      { rule: 0, aspect: 'perCall', granted: BigInt(alice), asked: BigInt(bob) },
    ],
    [
      'any argument',
      action([calls(1n)]),
      action([universal(rule({}))]),
      { aspect: 'argument', granted: null, asked: null },
    ],
    [
      'a lower amount than allowed',
      transfer(universal(upTo(9n))),
      transfer(universal({ ...upTo(2n), condition: 'greaterThan' })),
      { aspect: 'argument', granted: 3n, asked: 0n },
    ],
    [
      'the excluded address',
      transfer(spend(9n)),
      transfer(universal({ ...to(bob), condition: 'notEqual' })),
      { aspect: 'argument', asked: BigInt(bob) },
    ],
    [
      'a later end',
      transfer(calls(1n), window(0, now + 9)),
      transfer(calls(1n), window(0, now + 8)),
      { policy: 'timeframe', aspect: 'end', granted: BigInt(now + 8), asked: BigInt(now + 9) },
    ],
    ['no end', transfer(calls(1n)), transfer(calls(1n), window(0, now + 8)), { aspect: 'end', asked: null }],
    [
      'an earlier start',
      transfer(calls(1n)),
      transfer(calls(1n), window(now + 5, 0)),
      { aspect: 'start', granted: BigInt(now + 5) },
    ],
    [
      'native coin',
      action([{ type: 'valueLimit', limit: 9n }]),
      action([{ type: 'valueLimit', limit: 8n }]),
      { policy: 'valueLimit', aspect: 'native', granted: 8n, asked: 9n },
    ],
    [
      'native coin with a call',
      action([paying(2n)]),
      action([paying(1n)]),
      { policy: 'universal', aspect: 'nativePerCall', granted: 1n, asked: 2n },
    ],
    [
      'native coin where a spending limit lets none go',
      transfer({ ...universal(upTo(3n, 3n)), valueLimitPerUse: 1n }),
      transfer(spend(9n)),
      { policy: 'spendingLimits', aspect: 'nativePerCall', granted: 0n, asked: 1n },
    ],
    [
      'what comes home, which a spending limit does not count',
      action([spend(9n)], token, '0x23b872dd'),
      action([universal({ ...upTo(9n, 9n), calldataOffset: 64n })], token, '0x23b872dd'),
      { policy: 'universal', aspect: 'perCall', granted: 9n },
    ],
  ])('%s', (_name, asked, granted, expected) => {
    expect(between([asked], [granted])).toContainEqual(
      expect.objectContaining({ kind: 'wider', ...expected }),
    );
  });

  it('is measured against what is left', () => {
    const ledger = { [counterKey(actionId(token, '0xa9059cbb'), 'usageLimit')]: 2n };
    expect(between([transfer(calls(1n))], [transfer(calls(3n))], ledger)).toEqual([]);
    expect(between([transfer(calls(2n))], [transfer(calls(3n))], ledger)).toMatchObject([
      { kind: 'wider', aspect: 'calls', granted: 1n, asked: 2n },
    ]);
  });

  it('is a new function, also where only a permission for everything would allow it', () => {
    const everything = action([{ type: 'sudo' }], marker, '0x00000001');
    expect(between([action([calls(1n)])], [transfer(calls(1n)), everything])).toEqual([
      { kind: 'newAction', target, selector },
    ]);
    expect(between([everything], [everything])).toMatchObject([{ kind: 'newAction', target: marker }]);
  });
});

describe('a request about something else', () => {
  const asked = forgedGrant([transfer(calls(1n))]);
  const ask = (granted: Partial<typeof asked>) =>
    diff({ asked, granted: { ...asked, ...granted }, ledger: emptyLedger, time: now });

  it('is not compared', () => {
    expect(ask({ chainId: 10 })).toEqual([{ kind: 'chain' }]);
    expect(ask({ account: bob })).toEqual([{ kind: 'account' }]);
    expect(ask({ session: { ...asked.session, permitERC4337Paymaster: false } })).toEqual([
      { kind: 'unusable' },
    ]);
    expect(ask({ account: account.toLowerCase() as typeof account })).toEqual([]);
  });
});

describe('fees', () => {
  const budgeted = (max: bigint, feeOf = feeToken) => {
    const placed = withFeeBudget([action([calls(1n)])], { token: feeOf, maxPaymentAmount: max });
    return { ...forgedGrant(placed.actions), feeBudgetIndex: placed.feeBudgetIndex };
  };

  it('must fit into what is left of the budget', () => {
    const ledger = { [counterKey(actionId(feeToken, '0xa9059cbb'), 'universal', '0')]: 10n };
    const ask = (max: bigint) => diff({ asked: budgeted(max), granted: budgeted(50n), ledger, time: now });
    expect(ask(40n)).toEqual([]);
    expect(ask(41n)).toEqual([{ kind: 'feeBudget', token: feeToken, granted: 40n, asked: 41n }]);
  });

  it('must be in the same token, and the budget is nothing that a request may have', () => {
    const other = diff({
      asked: budgeted(1n, token),
      granted: budgeted(50n),
      ledger: emptyLedger,
      time: now,
    });
    expect(other).toEqual([{ kind: 'feeToken', token }]);
    const asked = forgedGrant([action([universal(upTo(1n, 1n))], feeToken, '0xa9059cbb')]);
    expect(isWithin({ asked, granted: budgeted(50n), ledger: emptyLedger, time: now })).toBe(false);
  });
});
