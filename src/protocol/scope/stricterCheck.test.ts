import type { Hex } from 'viem';
import { describe, expect, it } from 'vitest';
import type { Call } from '../actions/call';
import { entryPointAddress, smartSessionAddress } from '../constants/addresses';
import { meeVersions } from '../constants/versions';
import { withFeeBudget } from '../session/payment';
import { toWord } from '../word';
import type { Grant } from './grant';
import { emptyLedger } from './ledger';
import {
  account,
  action,
  alice,
  bob,
  call,
  codes,
  feeToken,
  forgedGrant,
  grantOf,
  marker,
  now,
  rule,
  selector,
  target,
  token,
  universal,
  words,
} from './testing/sample';
import { chainVerdict, verdict } from './verdict';

const sudo = { type: 'sudo' } as const;
const judge = (grant: Grant, ...calls: readonly Call[]) =>
  verdict({ grant, ledger: emptyLedger, calls, time: now });
const onChain = (grant: Grant, ...calls: readonly Call[]) =>
  chainVerdict({ grant, ledger: emptyLedger, calls, time: now });

/** The chain alone would let it pass; the product refuses with one reason of its own. */
function expectStricter(grant: Grant, what: Call, code: string): void {
  expect(onChain(grant, what).allowed).toBe(true);
  expect(judge(grant, what)).toMatchObject({ allowed: false, reasons: [{ code, chainRefusal: null }] });
}

describe('a call that would hand over more rights is refused although the session names it', () => {
  it.each([
    ['the account itself', account],
    ['the entry point', entryPointAddress],
    ['the validator', meeVersions['2.1.0'].validatorAddress],
    ['the validator of an older suite', meeVersions['2.0.0'].validatorAddress],
  ] as const)('of %s', (_name, to) => {
    expectStricter(forgedGrant([action([sudo], to)]), call(selector, to), 'ESCALATION_TARGET');
  });

  it('of the validator of the session, known or not', () => {
    const grant = forgedGrant([action([sudo], alice)], { sessionValidator: alice });
    expectStricter(grant, call(selector, alice), 'ESCALATION_TARGET');
  });

  it.each<Hex>(['0x9517e29f', '0xa71763a8'])('that installs or removes a module (%s)', (fn) => {
    expectStricter(forgedGrant([action([sudo], target, fn)]), call(fn), 'ESCALATION_TARGET');
  });

  it('of the session module by its flag', () => {
    const grant = forgedGrant([action([sudo], marker, '0x00000002')]);
    const remove = call('0xf867b08e', smartSessionAddress);
    expect(onChain(grant, remove).allowed).toBe(true);
    expect(codes(judge(grant, remove))).toEqual(['ESCALATION_TARGET', 'FALLBACK_ACTION']);
  });

  it('where the chain refuses too, with both reasons', () => {
    const grant = forgedGrant([action([sudo], account, '0xe9ae5c53'), action([sudo], marker)]);
    expect(codes(judge(grant, call('0xe9ae5c53', account)))).toEqual(['ESCALATION_TARGET', 'SELF_EXECUTION']);
    expect(codes(judge(grant, call(selector, marker)))).toEqual(['ESCALATION_TARGET', 'FALLBACK_TARGET']);
    expect(codes(judge(grant, call(selector, smartSessionAddress)))).toEqual([
      'ESCALATION_TARGET',
      'ACTION_NOT_GRANTED',
    ]);
  });
});

describe('the fallback action', () => {
  const grant = forgedGrant([
    action([{ type: 'usageLimit', limit: 1n }]),
    action([], token, selector),
    action([{ type: 'usageLimit', limit: 2n }], marker, '0x00000001'),
  ]);

  it('is never followed', () => {
    expectStricter(grant, call(selector, token), 'FALLBACK_ACTION');
    expectStricter(grant, call('0x', bob, 1n), 'FALLBACK_ACTION');
  });

  it('stands on chain for everything without policies of its own, under one counter', () => {
    const other = call(selector, token);
    expect(onChain(grant, call(), other, call('0x12345678', bob)).allowed).toBe(true);
    expect(codes(onChain(grant, call(), call()))).toEqual(['USAGE_LIMIT_EXCEEDED']);
    expect(codes(onChain(grant, other, other, other))).toEqual(['USAGE_LIMIT_EXCEEDED']);
  });
});

describe('hidden bytes', () => {
  it('in a plain transfer of native coin', () => {
    const grant = grantOf(action([sudo], alice, '0xffffffff'));
    expect(judge(grant, call('0x', alice, 1n)).allowed).toBe(true);
    for (const data of ['0x01', '0xffffffff', '0xffffffff00'] as const) {
      expectStricter(grant, call(data, alice, 1n), 'NATIVE_TRANSFER_CARRIES_DATA');
    }
  });

  it.each<[string, readonly bigint[]]>([
    ['a flag that is 2', [BigInt(alice), 2n]],
    ['an operator with upper bytes', [2n ** 160n, 1n]],
    ['no arguments', []],
  ])('in an operator approval: %s', (_name, values) => {
    const grant = grantOf(action([sudo], token, '0xa22cb465'));
    const approve = (...list: readonly bigint[]) => call(words('0xa22cb465', ...list), token);
    expect(judge(grant, approve(BigInt(alice), 0n), approve(BigInt(alice), 1n)).allowed).toBe(true);
    expectStricter(grant, approve(...values), 'ARGUMENTS_UNREADABLE');
  });

  it('in front of the only allowed address, which the chain refuses itself', () => {
    const grant = grantOf(action([universal(rule({ comparisonValue: toWord(BigInt(alice)) }))]));
    expect(judge(grant, call(words(selector, BigInt(alice)))).allowed).toBe(true);
    expect(judge(grant, call(words(selector, BigInt(alice) + (1n << 200n))))).toMatchObject({
      reasons: [{ code: 'RULE_NOT_MET', chainRefusal: 'PolicyViolation' }],
    });
  });

  it('in front of a forbidden address', () => {
    const not = (address: bigint) => rule({ condition: 'notEqual', comparisonValue: toWord(address) });
    const grant = grantOf(action([universal(not(BigInt(bob)), not(BigInt(alice)))]));
    expect(judge(grant, call(words(selector, 5n))).allowed).toBe(true);
    const hidden = call(words(selector, BigInt(alice) + (1n << 200n)));
    expect(onChain(grant, hidden).allowed).toBe(true);
    expect(judge(grant, hidden)).toMatchObject({
      reasons: [{ code: 'RULE_DIRTY_WORD', policy: 'universal', rule: 1, chainRefusal: null }],
    });
  });
});

it('a fee budget is nothing that a call may use', () => {
  const { actions, feeBudgetIndex } = withFeeBudget([action([sudo])], {
    token: feeToken,
    maxPaymentAmount: 50n,
  });
  const grant = { ...grantOf(...actions), feeBudgetIndex };
  expectStricter(grant, call(words('0xa9059cbb', BigInt(alice), 1n), feeToken), 'FEE_BUDGET_ONLY');
  expect(judge(grant, call()).allowed).toBe(true);
});
