import { type Address, type Hex, toFunctionSelector, zeroAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import type { ActionData } from '../actions/action';
import type { Policy } from '../policies/policy';
import { toWord } from '../word';
import { accountDangers } from './accountDangers';
import { addressesToRead, type ChainFacts } from './chainFacts';
import type { Danger } from './danger';
import { prepareEntry } from './preparedSession';
import { describeSession, type ReviewContext } from './review';
import {
  action,
  alice,
  bob,
  forgedGrant,
  marker,
  rule,
  selector,
  target,
  token,
  universal,
} from './testing/sample';

const soon: Policy = { type: 'timeframe', validAfter: 0, validUntil: 1_800_000_000 };
const twice: Policy = { type: 'usageLimit', limit: 2n };
const pinned = (address: Address) => rule({ comparisonValue: toWord(BigInt(address)) });
const upTo = (amount: bigint, offset = 32n) =>
  rule({ condition: 'lessThanOrEqual', calldataOffset: offset, comparisonValue: toWord(amount) });

function dangersOf(entry: ActionData, context: ReviewContext = {}): readonly Danger[] {
  const review = describeSession(forgedGrant([entry]).session, context);
  return review.actions[0]?.dangers ?? expect.unreachable();
}
const codesOf = (entry: ActionData, context?: ReviewContext) =>
  dangersOf(entry, context).map(({ code }) => code);

describe('what a danger asks for', () => {
  it.each<[string, ActionData, string, string]>([
    ['sudo', action([{ type: 'sudo' }, soon]), 'SUDO', 'acknowledge'],
    ['no end', action([twice]), 'NO_EXPIRY', 'acknowledge'],
    ['every contract', action([twice, soon], marker, '0x00000001'), 'ANY_CONTRACT', 'forbid'],
    ['the zero address', action([twice, soon], zeroAddress), 'ESCALATION_TARGET', 'forbid'],
    [
      'any spender',
      action([universal(upTo(5n)), twice, soon], token, '0x095ea7b3'),
      'ANY_SPENDER',
      'acknowledge',
    ],
    ['all native coin', action([twice, soon], alice, '0xffffffff'), 'UNLIMITED_NATIVE', 'acknowledge'],
    ['no policy', action([]), 'NO_POLICIES', 'forbid'],
  ])('%s', (_name, entry, code, response) => {
    expect(dangersOf(entry)).toContainEqual(expect.objectContaining({ code, response }));
  });
});

describe('limits', () => {
  it('of a token function are found in any policy', () => {
    const limited: readonly Policy[] = [
      { type: 'spendingLimits', tokenLimits: [{ token, limit: 9n }] },
      soon,
    ];
    expect(codesOf(action(limited, token, '0xa9059cbb'))).toEqual(['ANY_RECIPIENT']);
    expect(codesOf(action([universal(pinned(alice), upTo(3n)), soon], token, '0xa9059cbb'))).toEqual([
      'NO_TOTAL',
    ]);
    expect(codesOf(action([universal(pinned(alice), upTo(3n)), twice, soon], token, '0xa9059cbb'))).toEqual(
      [],
    );
    expect(codesOf(action([{ type: 'valueLimit', limit: 5n }, soon], alice, '0xffffffff'))).toEqual([]);
  });

  it('of a recipient are only those that leave one', () => {
    const not = { ...pinned(alice), condition: 'notEqual' } as const;
    const entry = action([universal(not, upTo(3n)), twice, soon], token, '0xa9059cbb');
    expect(codesOf(entry)).toEqual(['ANY_RECIPIENT']);
  });

  it('of an amount that no token has are none', () => {
    const huge: readonly Policy[] = [
      { type: 'spendingLimits', tokenLimits: [{ token, limit: 2n ** 200n }] },
      soon,
    ];
    expect(codesOf(action(huge, token, '0xa9059cbb'))).toContain('UNLIMITED_AMOUNT');
  });

  it('from below keep some tokens from being approved again', () => {
    const above = rule({ condition: 'greaterThan', calldataOffset: 32n });
    const rules = [pinned(alice), above, upTo(9n)];
    expect(codesOf(action([universal(...rules), twice, soon], token, '0x095ea7b3'))).toEqual([
      'ALLOWANCE_OUTLIVES_SESSION',
      'NEEDS_ZERO_APPROVAL',
    ]);
  });
});

describe('what a function is', () => {
  const named = (fn: Hex, claim: string | null) =>
    codesOf(action([twice, soon], target, fn), { claims: [claim] });

  it('is judged with claims only', () => {
    expect(codesOf(action([twice, soon]))).toEqual([]);
    expect(named(selector, null)).toEqual(['UNKNOWN_FUNCTION']);
    expect(named(selector, 'incrementCount()')).toEqual([]);
    expect(named(selector, 'decrementCount()')).toEqual(['UNKNOWN_FUNCTION', 'CLAIM_FALSE']);
    expect(named('0xa694fc3a', 'join(uint256)')).toEqual(['CLAIM_FALSE']);
  });

  it.each<[string, Hex, string]>([
    ['a multicall', '0xac9650d8', 'NESTED_CALLS'],
    ['a command list', '0x3593564c', 'NESTED_CALLS'],
    ['an upgrade', '0x4f1ef286', 'CONTRACT_CONTROL'],
    ['a change of owner', '0xf2fde38b', 'CONTRACT_CONTROL'],
  ])('%s', (_name, fn, code) => {
    expect(named(fn, null)).toEqual([code]);
  });

  it('decides whether rules limit what they seem to', () => {
    const entry = action([universal(upTo(9n, 0n)), twice, soon], target, '0xac9650d8');
    expect(dangersOf(entry).map(({ sentence }) => sentence.text)).toEqual([
      'Rule 1 reads the position of data, not its value, and the caller chooses the position.',
    ]);
    const signed = action([universal(upTo(9n, 0n)), twice, soon], target, toFunctionSelector('h(int256)'));
    expect(codesOf(signed, { claims: ['h(int256)'] })).toEqual(['RULE_MISLEADING']);
  });
});

describe('what stands on chain', () => {
  const facts = (codes: Readonly<Record<Address, ReturnType<ChainFacts['codeAt']>>>): ChainFacts => ({
    codeAt: (address) => codes[address] ?? 'contract',
  });

  it.each([
    ['none', 'NO_CODE'],
    ['delegated', 'NO_CODE'],
    ['unread', 'CODE_UNREAD'],
  ] as const)('at the target: %s', (code, expected) => {
    const context = { facts: facts({ [target]: code }) };
    expect(codesOf(action([twice, soon]), context)).toEqual([expected]);
  });

  it('at the target matters little for a transfer of coin', () => {
    const entry = action([{ type: 'valueLimit', limit: 1n }, soon], alice, '0xffffffff');
    expect(codesOf(entry, { facts: facts({ [alice]: 'none' }) })).toEqual([]);
  });

  it('at the target may have no published source', () => {
    const isVerified = (address: Address) => (address === target ? false : null);
    expect(codesOf(action([twice, soon]), { facts: { ...facts({}), isVerified } })).toEqual([
      'UNVERIFIED_CODE',
    ]);
    expect(codesOf(action([twice, soon], token), { facts: { ...facts({}), isVerified } })).toEqual([]);
  });

  it('at the spender decides who takes the tokens', () => {
    const entry = action([universal(pinned(bob), upTo(9n)), twice, soon], token, '0x095ea7b3');
    const codes = (code: ReturnType<ChainFacts['codeAt']>) =>
      codesOf(entry, { facts: facts({ [bob]: code }) });
    expect(addressesToRead(prepareEntry(entry, 0))).toEqual([token, bob]);
    expect(codes('contract')).toEqual(['ALLOWANCE_OUTLIVES_SESSION']);
    expect(codes('none')).toEqual(['ALLOWANCE_OUTLIVES_SESSION', 'SPENDER_WITHOUT_CODE']);
    expect(codes('delegated')).toEqual(['ALLOWANCE_OUTLIVES_SESSION', 'SPENDER_WITHOUT_CODE']);
    expect(codes('unread')).toEqual(['ALLOWANCE_OUTLIVES_SESSION', 'CODE_UNREAD']);
  });
});

describe('what happens to the account', () => {
  const codes = (...parts: Parameters<typeof accountDangers>) =>
    accountDangers(...parts).map(({ code }) => code);

  it('is nothing when only a session is enabled', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ delegation: { current: alice, next: alice } })).toEqual([]);
  });

  it('is told when its code changes', () => {
    expect(codes({ upgrade: { from: '2.0.0', to: '2.1.0' } })).toEqual(['ACCOUNT_UPGRADE']);
    expect(codes({ delegation: { current: null, next: alice } })).toEqual(['ACCOUNT_DELEGATION']);
    expect(codes({ delegation: { current: bob, next: alice } })).toEqual(['FOREIGN_DELEGATION']);
  });
});
