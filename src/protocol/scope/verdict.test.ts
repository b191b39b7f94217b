import { concatHex, encodeFunctionData, type Hex, parseAbi } from 'viem';
import { describe, expect, it } from 'vitest';
import type { Call } from '../actions/call';
import { encodeTransfer } from '../actions/transfer';
import type { Policy, UniversalRule } from '../policies/policy';
import { encodePolicy } from '../policies/registry';
import { actionId } from '../session/permission';
import { toWord } from '../word';
import type { Grant } from './grant';
import { counterKey, emptyLedger, type Ledger } from './ledger';
import {
  account,
  action,
  alice,
  bob,
  call,
  codes,
  grantOf,
  now,
  rule,
  selector,
  target,
  token,
  universal,
  words,
} from './testing/sample';
import { type Verdict, verdict } from './verdict';

const erc20 = parseAbi([
  'function transferFrom(address from, address to, uint256 amount)',
  'function approve(address spender, uint256 amount)',
]);
const judge = (grant: Grant, calls: readonly Call[], ledger: Ledger = emptyLedger, time = now) =>
  verdict({ grant, ledger, calls, time });
const used = (result: Verdict) => (result.allowed ? result.ledger : expect.unreachable());
const args = (...values: readonly bigint[]): Hex => words(selector, ...values);

describe('what is granted', () => {
  const grant = grantOf(action([{ type: 'usageLimit', limit: 3n }]));

  it('passes, and nothing else does', () => {
    expect(judge(grant, [call()]).allowed).toBe(true);
    expect(codes(judge(grant, [call('0xb7f90f12')]))).toEqual(['ACTION_NOT_GRANTED']);
    expect(codes(judge(grant, [call(selector, token)]))).toEqual(['ACTION_NOT_GRANTED']);
    expect(codes(judge(grant, [call('0x')]))).toEqual(['ACTION_NOT_GRANTED']);
    expect(codes(judge(grant, []))).toEqual(['NO_CALLS']);
  });

  it('is found in any letter case', () => {
    expect(judge(grant, [call('0xE5071B8E', '0x9d6d5e255b591545029a7c450b8d1d9b7d037755')]).allowed).toBe(
      true,
    );
  });

  it('names the call, its target and function in the reason', () => {
    const result = judge(grant, [call(), call('0xb7f90f12')]);
    expect(result).toMatchObject({
      allowed: false,
      reasons: [{ code: 'ACTION_NOT_GRANTED', callIndex: 1, target, selector: '0xb7f90f12' }],
    });
  });
});

describe('usage limit', () => {
  const grant = grantOf(action([{ type: 'usageLimit', limit: 5n }]));

  it('counts calls, also inside a batch', () => {
    const three = [call(), call(), call()];
    const ledger = used(judge(grant, three));
    expect(ledger).toEqual({ [counterKey(actionId(target, selector), 'usageLimit')]: 3n });
    expect(judge(grant, three, ledger)).toMatchObject({
      allowed: false,
      reasons: [{ code: 'USAGE_LIMIT_EXCEEDED', callIndex: 2, policy: 'usageLimit', remaining: 0n }],
    });
    expect(judge(grant, [call(), call()], ledger).allowed).toBe(true);
  });

  it('leaves the ledger it was given alone', () => {
    const ledger = {};
    judge(grant, [call()], ledger);
    expect(ledger).toEqual({});
  });
});

describe('timeframe', () => {
  const grant = grantOf(action([{ type: 'timeframe', validAfter: 1000, validUntil: 2000 }]));
  it.each([
    [999, ['TIMEFRAME_NOT_STARTED']],
    [1000, []],
    [2000, []],
    [2001, ['TIMEFRAME_EXPIRED']],
  ])('at %i gives %j', (time, expected) => {
    expect(codes(judge(grant, [call()], emptyLedger, time))).toEqual(expected);
  });

  it('without an end never expires', () => {
    const endless = grantOf(action([{ type: 'timeframe', validAfter: 1000, validUntil: 0 }]));
    expect(judge(endless, [call()], emptyLedger, 2 ** 40).allowed).toBe(true);
  });
});

describe('universal rules', () => {
  it.each<[UniversalRule['condition'], bigint, readonly bigint[], readonly bigint[]]>([
    ['equal', 5n, [5n], [4n, 6n]],
    ['notEqual', 5n, [4n, 6n], [5n]],
    ['greaterThan', 5n, [6n], [5n, 4n]],
    ['lessThan', 5n, [4n], [5n, 6n]],
    ['greaterThanOrEqual', 5n, [5n, 6n], [4n]],
    ['lessThanOrEqual', 5n, [5n, 4n], [6n]],
    ['inRange', (5n << 128n) | 7n, [5n, 6n, 7n], [4n, 8n, 2n ** 255n]],
  ])('%s', (condition, reference, good, bad) => {
    const grant = grantOf(action([universal(rule({ condition, comparisonValue: toWord(reference) }))]));
    for (const word of good) expect(judge(grant, [call(args(word))]).allowed, String(word)).toBe(true);
    for (const word of bad)
      expect(codes(judge(grant, [call(args(word))])), String(word)).toEqual(['RULE_NOT_MET']);
  });

  it('compare without sign, as the contract does', () => {
    const minusOne = 2n ** 256n - 1n;
    const above = grantOf(action([universal(rule({ condition: 'greaterThan' }))]));
    expect(judge(above, [call(args(minusOne))]).allowed).toBe(true);
    const below = grantOf(
      action([universal(rule({ condition: 'lessThan', comparisonValue: toWord(100n) }))]),
    );
    expect(codes(judge(below, [call(args(minusOne))]))).toEqual(['RULE_NOT_MET']);
  });

  it('read the word at their offset and refuse calldata that ends before it', () => {
    const grant = grantOf(action([universal(rule({ calldataOffset: 32n, comparisonValue: toWord(9n) }))]));
    expect(judge(grant, [call(args(1n, 9n))]).allowed).toBe(true);
    expect(judge(grant, [call(args(1n, 9n, 3n))]).allowed).toBe(true);
    const short = args(1n, 9n).slice(0, -2) as Hex;
    expect(judge(grant, [call(short)])).toMatchObject({ reasons: [{ code: 'CALLDATA_TOO_SHORT', rule: 0 }] });
  });

  it('add up what is limited, within a batch and over batches', () => {
    const limited = rule({
      condition: 'lessThanOrEqual',
      comparisonValue: toWord(6n),
      isLimited: true,
      usage: { limit: 10n, used: 1n },
    });
    const grant = grantOf(action([universal(limited)]));
    const ledger = used(judge(grant, [call(args(5n))]));
    expect(ledger).toEqual({ [counterKey(actionId(target, selector), 'universal', '0')]: 6n });
    expect(judge(grant, [call(args(4n))], ledger).allowed).toBe(true);
    expect(judge(grant, [call(args(2n)), call(args(3n))], ledger)).toMatchObject({
      reasons: [{ code: 'RULE_TOTAL_EXCEEDED', callIndex: 1, rule: 0, remaining: 2n }],
    });
  });

  it('limit native value per call', () => {
    const policy: Policy = { type: 'universal', valueLimitPerUse: 1_000_000n, rules: [rule({})] };
    const grant = grantOf(action([policy]));
    expect(
      judge(grant, [call(args(0n), target, 1_000_000n), call(args(0n), target, 1_000_000n)]).allowed,
    ).toBe(true);
    expect(codes(judge(grant, [call(args(0n), target, 1_000_001n)]))).toEqual(['VALUE_PER_USE_EXCEEDED']);
    const none = grantOf(action([universal(rule({}))]));
    expect(codes(judge(none, [call(args(0n), target, 1n)]))).toEqual(['VALUE_PER_USE_EXCEEDED']);
  });
});

describe('spending limits', () => {
  const limits: Policy = { type: 'spendingLimits', tokenLimits: [{ token, limit: 10n }] };
  const transfers = grantOf(action([limits], token, '0xa9059cbb'));
  const pay = (amount: bigint, data = encodeTransfer(alice, amount)): Call => ({
    to: token,
    value: 0n,
    data,
  });

  it('add up to the limit, boundary included', () => {
    const ledger = used(judge(transfers, [pay(4n), pay(5n)]));
    expect(judge(transfers, [pay(1n)], ledger).allowed).toBe(true);
    expect(judge(transfers, [pay(2n)], ledger)).toMatchObject({
      reasons: [{ code: 'SPENDING_LIMIT_EXCEEDED', remaining: 1n, got: '2' }],
    });
  });

  it('count what comes to the account as nothing, and any other payer fully', () => {
    const grant = grantOf(action([limits], token, '0x23b872dd'));
    const from = (payer: `0x${string}`, to: `0x${string}`, amount: bigint) =>
      pay(
        amount,
        encodeFunctionData({ abi: erc20, functionName: 'transferFrom', args: [payer, to, amount] }),
      );
    expect(judge(grant, [from(alice, account, 99n)]).allowed).toBe(true);
    expect(codes(judge(grant, [from(bob, alice, 11n)]))).toEqual(['SPENDING_LIMIT_EXCEEDED']);
  });

  it('never release an approval', () => {
    const grant = grantOf(action([limits], token, '0x095ea7b3'));
    const approve = (amount: bigint) =>
      pay(amount, encodeFunctionData({ abi: erc20, functionName: 'approve', args: [alice, amount] }));
    const ledger = used(judge(grant, [approve(8n), approve(0n)]));
    expect(codes(judge(grant, [approve(3n)], ledger))).toEqual(['SPENDING_LIMIT_EXCEEDED']);
    expect(codes(judge(grant, [approve(2n ** 256n - 1n)]))).toEqual(['SPENDING_LIMIT_EXCEEDED']);
  });

  it('above zero keep a batch from clearing an allowance first, call by call', () => {
    const above = rule({ condition: 'greaterThan', calldataOffset: 32n, comparisonValue: toWord(0n) });
    const grant = grantOf(action([universal(above)], token, '0x095ea7b3'));
    const approve = (amount: bigint) =>
      pay(amount, encodeFunctionData({ abi: erc20, functionName: 'approve', args: [alice, amount] }));
    expect(judge(grant, [approve(5_700_000n)]).allowed).toBe(true);
    expect(judge(grant, [approve(0n), approve(5_700_000n)])).toMatchObject({
      reasons: [{ code: 'RULE_NOT_MET', callIndex: 0, rule: 0 }],
    });
  });

  it('and rules refuse an approval of everything', () => {
    const most = rule({
      condition: 'lessThanOrEqual',
      calldataOffset: 32n,
      comparisonValue: toWord(10_000_000n),
      isLimited: true,
      usage: { limit: 10_000_000n, used: 0n },
    });
    const grant = grantOf(action([universal(most)], token, '0x095ea7b3'));
    const data = encodeFunctionData({ abi: erc20, functionName: 'approve', args: [bob, 2n ** 256n - 1n] });
    expect(codes(judge(grant, [pay(0n, data)]))).toContain('RULE_NOT_MET');
  });

  it('refuse native value', () => {
    expect(codes(judge(transfers, [{ ...pay(1n), value: 1n }]))).toEqual(['SPENDING_LIMIT_VALUE']);
  });

  it('refuse arguments that are cut or carry hidden bytes', () => {
    const dirty = concatHex(['0xa9059cbb', toWord(BigInt(alice) + (1n << 160n)), toWord(1n)]);
    const cut = encodeTransfer(alice, 1n).slice(0, -2) as Hex;
    const both = ['ARGUMENTS_UNREADABLE', 'SPENDING_LIMIT_ARGUMENTS'];
    expect(codes(judge(transfers, [pay(1n, dirty)]))).toEqual(both);
    expect(codes(judge(transfers, [pay(1n, cut)]))).toEqual(both);
  });
});

describe('native coin', () => {
  const grant = grantOf(action([{ type: 'valueLimit', limit: 10n }], alice, '0xffffffff'));

  it('adds up over plain transfers', () => {
    const ledger = used(judge(grant, [call('0x', alice, 6n)]));
    expect(judge(grant, [call('0x', alice, 4n)], ledger).allowed).toBe(true);
    expect(judge(grant, [call('0x', alice, 5n)], ledger)).toMatchObject({
      reasons: [{ code: 'VALUE_LIMIT_EXCEEDED', remaining: 4n, selector: '0xffffffff' }],
    });
  });
});

describe('several policies', () => {
  const both = grantOf(
    action([
      { type: 'usageLimit', limit: 1n },
      { type: 'timeframe', validAfter: 0, validUntil: now - 1 },
    ]),
  );

  it('must all pass, and every reason is told', () => {
    expect(codes(judge(both, [call(), call()]))).toEqual([
      'USAGE_LIMIT_EXCEEDED',
      'TIMEFRAME_EXPIRED',
      'TIMEFRAME_EXPIRED',
    ]);
    expect(
      codes(judge(both, [call()], { [counterKey(actionId(target, selector), 'usageLimit')]: 1n })),
    ).toEqual(['USAGE_LIMIT_EXCEEDED', 'TIMEFRAME_EXPIRED']);
  });

  it('of entries with the same function mix, the later configuration of a contract wins', () => {
    const grant = grantOf(action([{ type: 'usageLimit', limit: 9n }]));
    const second = action([{ type: 'usageLimit', limit: 1n }]);
    const mixed = { ...grant, session: { ...grant.session, actions: [...grant.session.actions, second] } };
    expect(codes(judge(mixed, [call(), call()]))).toEqual(['USAGE_LIMIT_EXCEEDED']);
  });

  it('are asked in the order in which their contracts came first, time windows last', () => {
    const policies: readonly Policy[] = [
      { type: 'timeframe', validAfter: 0, validUntil: now - 1 },
      { type: 'valueLimit', limit: 1n },
      { type: 'usageLimit', limit: 1n },
    ];
    const again = action([{ type: 'usageLimit', limit: 1n }, policies[1] ?? expect.unreachable()]);
    const grant = grantOf(action(policies));
    const mixed = { ...grant, session: { ...grant.session, actions: [...grant.session.actions, again] } };
    const counted = { [counterKey(actionId(target, selector), 'usageLimit')]: 1n };
    expect(codes(judge(mixed, [call(selector, target, 2n)], counted))).toEqual([
      'VALUE_LIMIT_EXCEEDED',
      'USAGE_LIMIT_EXCEEDED',
      'TIMEFRAME_EXPIRED',
    ]);
  });

  it('that are unknown here refuse the call', () => {
    const grant = grantOf(action([{ type: 'sudo' }]));
    const [first] = grant.session.actions;
    if (first === undefined) expect.unreachable();
    const strange = { ...first, actionPolicies: [{ policy: bob, initData: '0x' }] } as const;
    expect(codes(judge({ ...grant, session: { ...grant.session, actions: [strange] } }, [call()]))).toEqual([
      'POLICY_UNREADABLE',
    ]);
    const bare = { ...first, actionPolicies: [] };
    expect(codes(judge({ ...grant, session: { ...grant.session, actions: [bare] } }, [call()]))).toEqual([
      'ACTION_NOT_GRANTED',
    ]);
  });
});

describe('a session that no node can use', () => {
  const grant = grantOf(action([{ type: 'sudo' }]));
  it.each([
    ['forbids paymasters', { permitERC4337Paymaster: false }],
    ['has no policy for operations', { userOpPolicies: [] }],
    ['limits operations', { userOpPolicies: [encodePolicy({ type: 'usageLimit', limit: 1n })] }],
  ])('%s', (_name, changes) => {
    const result = judge({ ...grant, session: { ...grant.session, ...changes } }, [call()]);
    expect(codes(result)).toEqual(['SESSION_UNUSABLE']);
  });
});
