import { concatHex, encodeFunctionData, type Hex, parseAbi } from 'viem';
import { describe, expect, it } from 'vitest';
import type { ActionData } from '../actions/action';
import type { Call } from '../actions/call';
import { encodeTransfer } from '../actions/transfer';
import { entryPointAddress, smartSessionAddress } from '../constants/addresses';
import { meeVersions } from '../constants/versions';
import type { Policy, UniversalRule } from '../policies/policy';
import { encodePolicy } from '../policies/registry';
import { withFeeBudget } from '../session/payment';
import { actionId } from '../session/permission';
import { buildSession } from '../session/session';
import { toWord } from '../word';
import { feeVerdict, remainingFeeBudget } from './feeVerdict';
import type { Grant } from './grant';
import { counterKey, emptyLedger, type Ledger } from './ledger';
import { type Verdict, verdict } from './verdict';

const account = '0x8377BbCf37da558a9DCECAf5aAF0a99a2e38f0c5';
const redeemer = '0x1563915e194D8CfBA1943570603F7606A3115508';
const target = '0x9D6d5e255b591545029a7c450b8D1D9b7D037755';
const token = '0x1E10e4f69b1dbABC3CA029D270DE08003F4F14fb';
const feeToken = '0x2093c05666E439c2a951052c3532F72ea0e1AB99';
const alice = '0x1111111111111111111111111111111111111111';
const bob = '0x2222222222222222222222222222222222222222';
const selector = '0xe5071b8e';
const now = 1_750_000_000;
const erc20 = parseAbi([
  'function transferFrom(address from, address to, uint256 amount)',
  'function approve(address spender, uint256 amount)',
]);

const action = (policies: readonly Policy[], to: `0x${string}` = target, fn: Hex = selector): ActionData => ({
  actionTarget: to,
  actionTargetSelector: fn,
  actionPolicies: policies.map(encodePolicy),
});
const call = (data: Hex = selector, to: `0x${string}` = target, value = 0n): Call => ({ to, value, data });
const grantOf = (...actions: readonly ActionData[]): Grant => ({
  account,
  chainId: 8453,
  session: buildSession({ redeemer, actions, salt: toWord(7n), version: '2.1.0', account }),
  feeBudgetIndex: null,
});
const judge = (grant: Grant, calls: readonly Call[], ledger: Ledger = emptyLedger, time = now) =>
  verdict({ grant, ledger, calls, time });
const codes = (result: Verdict) => (result.allowed ? [] : result.reasons.map(({ code }) => code));
const used = (result: Verdict) => (result.allowed ? result.ledger : expect.unreachable());
const rule = (changes: Partial<UniversalRule>): UniversalRule => ({
  condition: 'equal',
  calldataOffset: 0n,
  comparisonValue: toWord(0n),
  isLimited: false,
  usage: { limit: 0n, used: 0n },
  ...changes,
});
const universal = (...rules: readonly UniversalRule[]): Policy => ({
  type: 'universal',
  valueLimitPerUse: 0n,
  rules,
});
const args = (...words: readonly bigint[]): Hex => concatHex([selector, ...words.map(toWord)]);

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

describe('escalation', () => {
  it.each([
    ['the account itself', account],
    ['the session module', smartSessionAddress],
    ['the entry point', entryPointAddress],
    ['the validator', meeVersions['2.1.0'].validatorAddress],
    ['the fallback marker', '0x0000000000000000000000000000000000000001'],
    ['the zero address', '0x0000000000000000000000000000000000000000'],
  ] as const)('by calling %s is refused although the session names it', (_name, to) => {
    const grant = grantOf(action([{ type: 'sudo' }]));
    const forged = { ...grant, session: { ...grant.session, actions: [action([{ type: 'sudo' }], to)] } };
    expect(codes(judge(forged, [call(selector, to)]))).toEqual(['ESCALATION_TARGET']);
    expect(codes(judge(forged, [call('0x', to, 1n)]))).toEqual(['ESCALATION_TARGET']);
  });

  it('through a fallback action is not followed', () => {
    const grant = grantOf(action([{ type: 'sudo' }]));
    const marker = action([{ type: 'sudo' }], '0x0000000000000000000000000000000000000001', '0x00000001');
    const forged = { ...grant, session: { ...grant.session, actions: [marker] } };
    expect(codes(judge(forged, [call()]))).toEqual(['ACTION_NOT_GRANTED']);
  });

  it('by the validator of the session is refused when it is not a known one', () => {
    const grant = grantOf(action([{ type: 'sudo' }], alice));
    const forged = { ...grant, session: { ...grant.session, sessionValidator: alice } } as const;
    expect(codes(judge(forged, [call(selector, alice)]))).toEqual(['ESCALATION_TARGET']);
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

  it('do not let a forbidden address hide behind upper bytes', () => {
    const grant = grantOf(
      action([universal(rule({ condition: 'notEqual', comparisonValue: toWord(BigInt(alice)) }))]),
    );
    expect(judge(grant, [call(args(BigInt(bob)))]).allowed).toBe(true);
    expect(codes(judge(grant, [call(args(BigInt(alice) + (1n << 200n)))]))).toEqual(['RULE_DIRTY_WORD']);
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

  it('refuse native value', () => {
    expect(codes(judge(transfers, [{ ...pay(1n), value: 1n }]))).toEqual(['SPENDING_LIMIT_VALUE']);
  });

  it('refuse arguments that are cut or carry hidden bytes', () => {
    const dirty = concatHex(['0xa9059cbb', toWord(BigInt(alice) + (1n << 160n)), toWord(1n)]);
    const cut = encodeTransfer(alice, 1n).slice(0, -2) as Hex;
    expect(codes(judge(transfers, [pay(1n, dirty)]))).toEqual(['ARGUMENTS_UNREADABLE']);
    expect(codes(judge(transfers, [pay(1n, cut)]))).toEqual(['ARGUMENTS_UNREADABLE']);
  });
});

describe('an operator approval', () => {
  const setApprovalForAll: Hex = '0xa22cb465';
  const grant = grantOf(action([{ type: 'sudo' }], token, setApprovalForAll));
  const approve = (operator: bigint, approved: bigint) =>
    call(concatHex([setApprovalForAll, toWord(operator), toWord(approved)]), token);

  it('is read only with a clean address and a flag of 0 or 1', () => {
    expect(judge(grant, [approve(BigInt(alice), 0n), approve(BigInt(alice), 1n)]).allowed).toBe(true);
    expect(codes(judge(grant, [approve(BigInt(alice), 2n)]))).toEqual(['ARGUMENTS_UNREADABLE']);
    expect(codes(judge(grant, [approve(2n ** 160n, 1n)]))).toEqual(['ARGUMENTS_UNREADABLE']);
    expect(codes(judge(grant, [call(setApprovalForAll, token)]))).toEqual(['ARGUMENTS_UNREADABLE']);
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

  it.each<Hex>(['0x01', '0xffffffff', '0xffffffff00'])('does not go with the calldata %s', (data) => {
    expect(codes(judge(grant, [call(data, alice, 1n)]))).toEqual(['NATIVE_TRANSFER_CARRIES_DATA']);
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
    expect(codes(judge(both, [call(), call()]))).toEqual(['TIMEFRAME_EXPIRED', 'TIMEFRAME_EXPIRED']);
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

describe('fee budget', () => {
  const budgeted = withFeeBudget([action([{ type: 'sudo' }])], { token: feeToken, maxPaymentAmount: 50n });
  const grant: Grant = { ...grantOf(...budgeted.actions), feeBudgetIndex: budgeted.feeBudgetIndex };
  const transfer = call(encodeTransfer(alice, 1n), feeToken);

  it('is nothing that a call may use', () => {
    expect(codes(judge(grant, [transfer]))).toEqual(['FEE_BUDGET_ONLY']);
    expect(judge(grant, [call()]).allowed).toBe(true);
  });

  it('covers fees up to its end, counted apart', () => {
    const first = feeVerdict(grant, emptyLedger, { token: feeToken, amount: 30n });
    if (!first.allowed) expect.unreachable();
    expect(remainingFeeBudget(grant, first.ledger)).toEqual({ token: feeToken, remaining: 20n });
    expect(feeVerdict(grant, first.ledger, { token: feeToken, amount: 20n }).allowed).toBe(true);
    expect(feeVerdict(grant, first.ledger, { token: feeToken, amount: 21n })).toMatchObject({
      reasons: [{ code: 'FEE_BUDGET_EXCEEDED', remaining: 20n }],
    });
  });

  it('is missing for another token or where none was granted', () => {
    const wrong = feeVerdict(grant, emptyLedger, { token, amount: 1n });
    const none = feeVerdict({ ...grant, feeBudgetIndex: null }, emptyLedger, { token: feeToken, amount: 1n });
    for (const result of [wrong, none]) {
      expect(result).toMatchObject({ allowed: false, reasons: [{ code: 'FEE_BUDGET_MISSING' }] });
    }
    expect(remainingFeeBudget({ ...grant, feeBudgetIndex: null }, emptyLedger)).toBeNull();
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
