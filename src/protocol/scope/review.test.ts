import { concatHex, type Hex } from 'viem';
import { describe, expect, it } from 'vitest';
import type { ActionData } from '../actions/action';
import { buildApproveAction } from '../actions/approve';
import { buildCustomAction } from '../actions/custom';
import { buildTransferAction } from '../actions/transfer';
import type { Policy } from '../policies/policy';
import { encodePolicy } from '../policies/registry';
import { encodeEnableSessions } from '../session/enable';
import { withFeeBudget } from '../session/payment';
import { permissionId } from '../session/permission';
import { buildSession, type Session } from '../session/session';
import { maxUint256, toWord } from '../word';
import { type ActionReview, describeEnableSessions, describeSession, type ReviewContext } from './review';

const account = '0x8377BbCf37da558a9DCECAf5aAF0a99a2e38f0c5';
const redeemer = '0x1563915e194D8CfBA1943570603F7606A3115508';
const counter = '0x9D6d5e255b591545029a7c450b8D1D9b7D037755';
const token = '0x1E10e4f69b1dbABC3CA029D270DE08003F4F14fb';
const recipient = '0x000000000000000000000000000000000000dEaD';
const soon: Policy = { type: 'timeframe', validAfter: 1_700_000_000, validUntil: 1_800_000_000 };

const custom = (policies: readonly Policy[], functionSignature = '0xe5071b8e'): readonly ActionData[] =>
  buildCustomAction({ chainIds: [1], contractAddress: counter, functionSignature, policies })[0]?.actions ??
  [];
const sessionOf = (actions: readonly ActionData[]): Session =>
  buildSession({ redeemer, actions, salt: toWord(1n), version: '2.1.0' });
const reviewOf = (actions: readonly ActionData[], context?: ReviewContext) =>
  describeSession(sessionOf(actions), context);
const texts = (action: ActionReview | undefined) =>
  action?.policies.flatMap(({ sentences }) => sentences.map(({ text }) => text));
const codes = (action: ActionReview | undefined) => action?.dangers.map(({ code }) => code);

describe('a review', () => {
  it('says in plain sentences what the encoded session allows', () => {
    const [review] = describeEnableSessions(
      encodeEnableSessions([sessionOf(custom([{ type: 'usageLimit', limit: 3n }, soon]))]),
    );
    expect(review).toMatchObject({ redeemer, validUntil: 1_800_000_000, dangers: [] });
    expect(review?.permissionId).toBe(permissionId(sessionOf(custom([{ type: 'sudo' }]))));
    expect(review?.actions[0]).toMatchObject({ target: counter, selector: '0xe5071b8e', functionName: null });
    expect(texts(review?.actions[0])).toEqual([
      'At most 3 calls in all.',
      'Valid from 2023-11-14 22:13:20 UTC.',
      'Ends at 2027-01-15 08:00:00 UTC.',
    ]);
    expect(codes(review?.actions[0])).toEqual([]);
  });

  it('keeps amounts as numbers with their token', () => {
    const [transfer] = buildTransferAction({
      chainIds: [1],
      contractAddress: token,
      recipientAddress: recipient,
      amountLimitPerAction: 3n,
      maxAmountLimit: 9n,
    });
    const [action] = reviewOf(transfer?.actions ?? []).actions;
    expect(action?.functionName).toBe('transfer');
    expect(texts(action)).toEqual([
      `Recipient must be exactly ${recipient}.`,
      `Amount must be at most 3 units of ${token}.`,
      `Amount of all calls together: at most 9 units of ${token}.`,
      "Can't send native coin.",
    ]);
    expect(action?.policies[0]?.sentences[2]?.parts).toContainEqual({ kind: 'amount', value: 9n, token });
    expect(codes(action)).toEqual(['NO_EXPIRY']);
  });

  it('reads the window that is encoded, not the one that was asked for', () => {
    const [transfer] = buildTransferAction({
      chainIds: [1],
      contractAddress: token,
      maxAmountLimit: 9n,
      validAfter: 1_900_000_000,
    });
    const review = reviewOf(transfer?.actions ?? []);
    expect(review.validUntil).toBe(1_900_086_400);
    expect(texts(review.actions[0])).toContain('Ends at 2030-03-18 17:46:40 UTC.');
  });

  it('refuses bytes that are not an enabling', () => {
    expect(() => describeEnableSessions('0x1234')).toThrow(
      expect.objectContaining({ code: 'ENABLE_CALLDATA' }),
    );
  });
});

describe('dangers', () => {
  it.each<[string, readonly ActionData[], readonly string[]]>([
    ['sudo', custom([{ type: 'sudo' }]), ['SUDO', 'NO_EXPIRY']],
    ['sudo with an end', custom([{ type: 'sudo' }, soon]), ['SUDO']],
    ['an end and nothing else', custom([soon]), ['ONLY_TIME']],
    ['no end', custom([{ type: 'usageLimit', limit: 1n }]), ['NO_EXPIRY']],
    [
      'a start without end',
      custom([{ type: 'timeframe', validAfter: 5, validUntil: 0 }]),
      ['ONLY_TIME', 'NO_EXPIRY'],
    ],
    [
      'a transfer without amount',
      custom([soon], 'transfer(address,uint256)'),
      ['ONLY_TIME', 'UNLIMITED_AMOUNT', 'ANY_RECIPIENT'],
    ],
    [
      'a transfer limited per call only',
      transferOf({ amountLimitPerAction: 5n, validUntil: 1_800_000_000, validAfter: 1 }),
      ['NO_TOTAL', 'ANY_RECIPIENT'],
    ],
    [
      'a transfer limited per call and in calls',
      transferOf({ amountLimitPerAction: 5n, usageLimit: 2n, validAfter: 1, validUntil: 1_800_000_000 }),
      ['ANY_RECIPIENT'],
    ],
    [
      'an approval of everything to anybody',
      approvalOf({ maxAmountLimit: maxUint256 - 1n, validAfter: 1, validUntil: 1_800_000_000 }),
      ['UNLIMITED_AMOUNT', 'ANY_SPENDER', 'ALLOWANCE_OUTLIVES_SESSION'],
    ],
    [
      'full access to approvals',
      approvalOf({ policies: [{ type: 'sudo' }, soon] }),
      ['SUDO', 'UNLIMITED_AMOUNT', 'ANY_SPENDER', 'ALLOWANCE_OUTLIVES_SESSION'],
    ],
    [
      'a limited approval to one spender',
      approvalOf({
        maxAmountLimit: 5n,
        recipientAddress: recipient,
        validAfter: 1,
        validUntil: 1_800_000_000,
      }),
      ['ALLOWANCE_OUTLIVES_SESSION'],
    ],
    [
      'an operator approval',
      custom([soon], 'setApprovalForAll(address,bool)'),
      ['ONLY_TIME', 'OPERATOR_APPROVAL'],
    ],
  ])('of %s', (_name, actions, expected) => {
    expect(codes(reviewOf(actions).actions[0])).toEqual(expected);
  });

  it('say unlimited in words', () => {
    const [action] = reviewOf(approvalOf({ maxAmountLimit: maxUint256 })).actions;
    const stated = action?.policies[0]?.sentences[0];
    expect(stated).toMatchObject({ severity: 'danger', text: 'Amount: unlimited.' });
  });

  it('tell native coin in its smallest unit apart from a whole one', () => {
    const paying = (valueLimitPerUse: bigint): Policy => ({
      type: 'universal',
      valueLimitPerUse,
      rules: [
        {
          ...{ condition: 'equal', calldataOffset: 0n, comparisonValue: toWord(1n), isLimited: false },
          usage: { limit: 0n, used: 0n },
        },
      ],
    });
    const last = (policy: Policy) => texts(reviewOf(custom([policy])).actions[0])?.at(-1);
    expect(last(paying(0n))).toBe("Can't send native coin.");
    expect(last(paying(1n))).toBe('May send up to 0.000000000000000001 of the native coin with every call.');
    expect(last(paying(10n ** 18n))).toBe('May send up to 1 of the native coin with every call.');
  });

  it('mark targets that hand the account over', () => {
    const review = reviewOf(custom([soon]), { account: counter });
    expect(codes(review.actions[0])).toEqual(['ESCALATION_TARGET', 'ONLY_TIME']);
    const session = sessionOf(custom([soon]));
    const marker = {
      ...session,
      actions: session.actions.map((action) => ({
        ...action,
        actionTarget: `0x${'0'.repeat(39)}1` as const,
      })),
    };
    expect(codes(describeSession(marker, { account }).actions[0])).toEqual(['ANY_CONTRACT', 'ONLY_TIME']);
  });

  it('mark what can not be read or never works', () => {
    const session = sessionOf(custom([soon]));
    const withPolicy = (policy: `0x${string}`, initData: Hex): Session => ({
      ...session,
      actions: session.actions.map((action) => ({ ...action, actionPolicies: [{ policy, initData }] })),
    });
    expect(codes(describeSession(withPolicy(recipient, '0x')).actions[0])).toEqual([
      'UNKNOWN_POLICY',
      'NO_POLICIES',
    ]);
    const { policy } = encodePolicy({ type: 'usageLimit', limit: 1n });
    expect(codes(describeSession(withPolicy(policy, `0x${'00'.repeat(16)}`)).actions[0])).toEqual([
      'NO_EXPIRY',
      'POLICY_UNSOUND',
    ]);
  });

  it('of a session as a whole', () => {
    const session = sessionOf(custom([soon]));
    const signing = { allowedERC7739Content: [], erc1271Policies: [encodePolicy({ type: 'sudo' })] };
    const worst: Session = {
      ...session,
      sessionValidator: recipient,
      erc7739Policies: signing,
      permitERC4337Paymaster: false,
      actions: [...session.actions, ...session.actions],
    };
    expect(describeSession(worst).dangers.map(({ code }) => code)).toEqual([
      'SIGNING_POWER',
      'OPERATION_POLICIES',
      'UNKNOWN_SIGNER',
      'DUPLICATE_ACTION',
    ]);
    expect(
      describeSession({ ...session, sessionValidatorInitData: concatHex([redeemer, '0x00']) }).redeemer,
    ).toBeNull();
  });
});

describe('the fee budget', () => {
  const { actions, feeBudgetIndex } = withFeeBudget(custom([soon]), { token, maxPaymentAmount: 5n });

  it('is its own line, without dangers, and does not decide the end', () => {
    const review = reviewOf(actions, { feeBudgetIndex });
    expect(review.actions.map(({ feeBudget }) => feeBudget)).toEqual([null, { token, maxPaymentAmount: 5n }]);
    expect(codes(review.actions[1])).toEqual([]);
    expect(review.validUntil).toBe(1_800_000_000);
  });

  it('is an ordinary transfer where it is not declared', () => {
    const review = reviewOf(actions);
    expect(codes(review.actions[1])).toEqual(['NO_EXPIRY', 'ANY_RECIPIENT']);
    expect(review.validUntil).toBeNull();
  });

  it('is not believed for an action of another kind', () => {
    expect(reviewOf(custom([soon]), { feeBudgetIndex: 0 }).actions[0]?.feeBudget).toBeNull();
  });
});

function transferOf(options: Partial<Parameters<typeof buildTransferAction>[0]>): readonly ActionData[] {
  return buildTransferAction({ chainIds: [1], contractAddress: token, ...options })[0]?.actions ?? [];
}

function approvalOf(options: Partial<Parameters<typeof buildApproveAction>[0]>): readonly ActionData[] {
  return buildApproveAction({ chainIds: [1], contractAddress: token, ...options })[0]?.actions ?? [];
}
