import { concatHex } from 'viem';
import { describe, expect, it } from 'vitest';
import { sessionModes } from '../constants/modes';
import { superTransactionProof, superTransactionRoot } from '../mee/merkle';
import { asAction, asAddress, asHex, plain, type RecordedAction, vectorChecks } from '../testing/vectors';
import { encodeRemoveSession } from './change';
import { buildSessionDetails } from './details';
import { encodeEnableSessions } from './enable';
import { withFeeBudget } from './payment';
import { actionId, configId, permissionId } from './permission';
import type { Session } from './session';
import vectors from './session.vectors.json';
import { encodeShortSignature, encodeUseSignature, placeholderSignature } from './signature';

type RecordedMerge = {
  input: {
    actions: { actions: RecordedAction[]; chainId: number }[];
    feeToken: { address: string };
    maxPaymentAmount: string;
  };
  expected: { actions: RecordedAction[] }[];
};

const merge = ({ input }: RecordedMerge) =>
  withFeeBudget((input.actions[0]?.actions ?? []).map(asAction), {
    token: asAddress(input.feeToken.address),
    maxPaymentAmount: BigInt(input.maxPaymentAmount),
  });

const theirs = ({ expected }: RecordedMerge) => (expected[0]?.actions ?? []).map(asAction);

const recordedSession = vectors['session/enableSessions calldata'].input;
const session: Session = {
  sessionValidator: asAddress(recordedSession.sessionValidator),
  sessionValidatorInitData: asHex(recordedSession.sessionValidatorInitData),
  salt: asHex(recordedSession.salt),
  userOpPolicies: recordedSession.userOpPolicies.map(({ policy, initData }) => ({
    policy: asAddress(policy),
    initData: asHex(initData),
  })),
  erc7739Policies: { allowedERC7739Content: [], erc1271Policies: [] },
  actions: recordedSession.actions.map(asAction),
  permitERC4337Paymaster: true,
};

const checks = vectorChecks(vectors, {
  'session/permissionId': ({ input, expected }) => {
    const parts = {
      sessionValidator: asAddress(input.sessionValidator),
      sessionValidatorInitData: asHex(input.sessionValidatorInitData),
      salt: asHex(input.salt),
    };
    expect(permissionId(parts)).toBe(expected);
  },
  'session/enableSessions calldata': ({ expected }) => {
    expect(encodeEnableSessions([session])).toBe(expected);
  },
  'session/actionId': ({ input, expected }) => {
    expect(actionId(asAddress(input.target), asHex(input.selector))).toBe(expected);
  },
  'session/removeSession calldata': ({ input, expected }) => {
    expect(encodeRemoveSession(asHex(input.permissionId))).toBe(expected);
  },
  'session/encodeSmartSessionSignature USE': ({ input, expected }) => {
    expect(encodeUseSignature(asHex(input.permissionId), asHex(input.signature))).toBe(expected);
  },
  'session/SmartSessionMode bytes': ({ expected }) => {
    const { use: USE, enable: ENABLE, unsafeEnable: UNSAFE_ENABLE } = sessionModes;
    expect({ USE, ENABLE, UNSAFE_ENABLE }).toEqual(expected);
  },
  'session/sessionDetails.signature placeholder': ({ expected }) => {
    expect(placeholderSignature).toBe(expected);
    expect(buildSessionDetails(session, 1).signature).toBe(expected);
  },
  'det/configId (account, permission, action)': ({ input, expected }) => {
    const { account, permissionId: permission, actionId: action } = input;
    expect(configId(asAddress(account), asHex(permission), asHex(action))).toBe(expected);
  },
  'det/session USE short (leaves are raw userOpHashes)': ({ input, expected }) => {
    const leaves = input.userOpHashes.map(asHex);
    const root = superTransactionRoot(leaves);
    expect(root).toBe(expected.root);
    const signature = asHex(expected.personalSignature);
    const packed = leaves.map((leaf) =>
      encodeUseSignature(
        asHex(input.permissionId),
        encodeShortSignature({ root, proof: superTransactionProof(leaves, leaf), signature }),
      ),
    );
    expect(packed).toEqual(expected.packed);
  },
  'det/session USE single leaf: root equals the userOpHash, empty proof': ({ input, expected }) => {
    const leaf = asHex(input.userOpHash);
    const root = superTransactionRoot([leaf]);
    expect(root).toBe(expected.root);
    const head = encodeUseSignature(asHex(input.permissionId), concatHex(['0x177eee00', root]));
    expect(expected.packed.startsWith(head)).toBe(true);
    expect(superTransactionProof([leaf], leaf)).toEqual([]);
  },
  'payment-merge/no fee-token action': (vector) => {
    expect(plain(merge(vector).actions)).toBe(plain(theirs(vector)));
    expect(merge(vector)).toMatchObject({ feeBudgetIndex: 1, shared: null });
  },
  'payment-merge/universal transfer limit 10 per action / 20 total': (vector) => {
    expect(plain(merge(vector).actions)).toBe(plain(theirs(vector)));
    expect(merge(vector).shared?.widened).toEqual([
      { policy: 'universal', rule: 0, limit: 'perCall', asked: 10_000_000n, granted: 15_000_000n },
      { policy: 'universal', rule: 0, limit: 'total', asked: 20_000_000n, granted: 25_000_000n },
    ]);
  },
  'payment-merge/sudo transfer': (vector) => {
    const { actions, shared } = merge(vector);
    expect(theirs(vector)).toHaveLength(2);
    expect(actions).toHaveLength(1);
    expect(shared?.widened).toEqual([]);
  },
  'payment-merge/spendingLimits 10 (not merged)': (vector) => {
    const { actions, shared } = merge(vector);
    expect(theirs(vector)).toHaveLength(2);
    expect(actions).toHaveLength(1);
    expect(shared?.widened).toEqual([
      { policy: 'spendingLimits', rule: null, limit: 'total', asked: 10_000_000n, granted: 15_000_000n },
    ]);
  },
  'payment-merge/universal equal 10': (vector) => {
    expect(() => merge(vector)).toThrow(expect.objectContaining({ code: 'FEE_AMOUNT_RULE' }));
  },
  'payment-merge/universal recipient only (adds a rule)': (vector) => {
    expect(() => merge(vector)).toThrow(expect.objectContaining({ code: 'FEE_RECIPIENT_RULE' }));
  },
});

describe('the known sessions', () => {
  it.each(checks)('%s', async (_name, check) => {
    expect.hasAssertions();
    await check();
  });
});
