import fc, { type Arbitrary } from 'fast-check';
import * as v from 'valibot';
import { type Address, getAddress, type Hex, numberToHex } from 'viem';
import { describe, expect, it } from 'vitest';
import { buildCustomAction } from '../actions/custom';
import { meeVersions } from '../constants/versions';
import { bytesSchema } from '../mee/wire';
import { encodePolicy } from '../policies/registry';
import { encodeRemoveSession } from './change';
import { buildSessionDetails } from './details';
import { decodeEnableSessions, encodeEnableSessions } from './enable';
import { feeBudgetAction } from './payment';
import { actionId, configId, permissionId } from './permission';
import { encodeIsPermissionEnabled } from './reads';
import { type BuildSessionParameters, buildSession, type Session } from './session';
import vectors from './session.vectors.json';
import {
  decodeUseSignature,
  encodeShortSignature,
  encodeUseSignature,
  placeholderSignature,
} from './signature';

const asHex = (text: string): Hex => v.parse(bytesSchema, text);
const redeemer: Address = '0x1563915e194D8CfBA1943570603F7606A3115508';
const counter: Address = '0x9D6d5e255b591545029a7c450b8D1D9b7D037755';
const feeToken: Address = '0x1E10e4f69b1dbABC3CA029D270DE08003F4F14fb';
const account: Address = '0x8377BbCf37da558a9DCECAf5aAF0a99a2e38f0c5';
const salt = asHex(vectors['session/permissionId'].input.salt);
const increment =
  buildCustomAction({
    chainIds: [8453],
    contractAddress: counter,
    functionSignature: '0xe5071b8e',
    policies: [{ type: 'sudo' }],
  })[0]?.actions ?? [];
const session = buildSession({ redeemer, actions: increment, salt, version: '2.0.0' });
const permission = asHex(vectors['session/permissionId'].expected);

describe('ids', () => {
  it('are the known ones', () => {
    expect(permissionId(session)).toBe(permission);
    expect(actionId(counter, '0xe5071b8e')).toBe(vectors['session/actionId'].expected);
    const { input, expected } = vectors['det/configId (account, permission, action)'];
    expect(configId(account, asHex(input.permissionId), asHex(input.actionId))).toBe(expected);
  });

  it('of a permission does not depend on its actions', () => {
    expect(permissionId({ ...session, salt: asHex(`0x${'44'.repeat(32)}`) })).not.toBe(permission);
    const other = buildSession({
      redeemer,
      actions: [feeBudgetAction({ token: feeToken, maxPaymentAmount: 1n })],
      salt,
      version: '2.0.0',
    });
    expect(permissionId(other)).toBe(permission);
  });
});

describe('enabling', () => {
  it('has the known calldata', () => {
    expect(encodeEnableSessions([session])).toBe(vectors['session/enableSessions calldata'].expected);
    expect(encodeRemoveSession(permission)).toBe(vectors['session/removeSession calldata'].expected);
    expect(encodeIsPermissionEnabled(permission, account)).toBe(
      `0xadbc532f${permission.slice(2)}${'0'.repeat(24)}${account.slice(2).toLowerCase()}`,
    );
  });

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.array(anySession, { minLength: 1, maxLength: 2 }), (sessions) => {
        expect(decodeEnableSessions(encodeEnableSessions(sessions))).toEqual(sessions);
      }),
      { numRuns: 10_000 },
    );
  }, 180_000);

  const data = encodeEnableSessions([session]);
  it.each<[string, Hex]>([
    ['another function', encodeRemoveSession(permission)],
    ['cut calldata', asHex(data.slice(0, -64))],
    ['bytes behind the end', asHex(`${data}00`)],
    ['nothing', '0x'],
  ])('refuses to read %s', (_name, other) => {
    expect(() => decodeEnableSessions(other)).toThrow(expect.objectContaining({ code: 'ENABLE_CALLDATA' }));
  });
});

describe('building', () => {
  const build = (changes: Partial<Parameters<typeof buildSession>[0]>) =>
    buildSession({ redeemer, actions: increment, salt, version: '2.1.0', ...changes });

  it('uses the validator of the version and gives no signing power', () => {
    expect(build({})).toMatchObject({
      sessionValidator: meeVersions['2.1.0'].validatorAddress,
      sessionValidatorInitData: redeemer,
      erc7739Policies: { allowedERC7739Content: [], erc1271Policies: [] },
      userOpPolicies: [encodePolicy({ type: 'sudo' })],
      permitERC4337Paymaster: true,
    });
  });

  const lowerTarget = increment.map((action) => ({
    ...action,
    actionTarget: asAddress(counter.toLowerCase()),
    actionTargetSelector: '0xE5071B8E' as const,
  }));
  it.each<[string, Partial<BuildSessionParameters>, string]>([
    ['no actions', { actions: [] }, 'NO_ACTIONS'],
    ['a short salt', { salt: '0x33' }, 'SALT_SIZE'],
    ['the zero address as key', { redeemer: '0x0000000000000000000000000000000000000000' }, 'REDEEMER_ZERO'],
    [
      'a key with a wrong checksum',
      { redeemer: '0x1563915E194D8CfBA1943570603F7606A3115508' },
      'INVALID_ADDRESS',
    ],
    [
      'one function twice, in two letter cases',
      { actions: [...increment, ...lowerTarget] },
      'DUPLICATE_ACTION',
    ],
    ['an action on the account', { account: counter }, 'ESCALATION_TARGET'],
    [
      'an action without policies',
      { actions: increment.map((action) => ({ ...action, actionPolicies: [] })) },
      'NO_POLICIES',
    ],
    [
      'a policy that could never be used',
      {
        actions: increment.map((action) => ({
          ...action,
          actionPolicies: [
            {
              policy: encodePolicy({ type: 'usageLimit', limit: 1n }).policy,
              initData: `0x${'0'.repeat(32)}`,
            },
          ],
        })),
      },
      'USAGE_LIMIT_RANGE',
    ],
  ])('refuses %s', (_name, changes, code) => {
    expect(() => build(changes)).toThrow(expect.objectContaining({ code }));
  });
});

describe('signature', () => {
  it('has the known USE form and comes apart again', () => {
    const { input, expected } = vectors['session/encodeSmartSessionSignature USE'];
    const signature = encodeUseSignature(permission, asHex(input.signature));
    expect(signature).toBe(expected);
    expect(decodeUseSignature(signature)).toEqual({ permissionId: permission, inner: input.signature });
    expect(decodeUseSignature(encodeUseSignature(permission, '0x'))).toEqual({
      permissionId: permission,
      inner: '0x',
    });
  });

  it.each<[string, Hex]>([
    ['enable mode', `0x01${permission.slice(2)}00`],
    ['too few bytes', '0x00aa'],
  ])('is not read in %s', (_name, signature) => {
    expect(() => decodeUseSignature(signature)).toThrow(expect.objectContaining({ code: 'USE_SIGNATURE' }));
  });

  it('packs root, proof and signature for the session validator', () => {
    const { input, expected } = vectors['det/session USE short (leaves are raw userOpHashes)'];
    const [first, second] = input.userOpHashes.map(asHex);
    if (first === undefined || second === undefined) expect.unreachable();
    const packed = [second, first].map((sibling) =>
      encodeUseSignature(
        asHex(input.permissionId),
        encodeShortSignature({
          root: asHex(expected.root),
          proof: [sibling],
          signature: asHex(expected.personalSignature),
        }),
      ),
    );
    expect(packed).toEqual(expected.packed);
  });
});

describe('session details', () => {
  it('name permission, chain and the placeholder', () => {
    const details = buildSessionDetails(session, 8453);
    expect(details).toMatchObject({
      mode: '0x00',
      permissionId: permission,
      signature: vectors['session/sessionDetails.signature placeholder'].expected,
      enableSessionData: { enableSession: { sessionToEnable: { chainId: 8453n, salt } } },
    });
    expect(placeholderSignature).toBe(details.signature);
  });
});

function asAddress(text: string): Address {
  return getAddress(text.toLowerCase());
}

const address: Arbitrary<Address> = fc
  .bigInt(0n, 2n ** 160n - 1n)
  .map((value) => getAddress(numberToHex(value, { size: 20 })));
const bytes = (minLength: number, maxLength = minLength): Arbitrary<Hex> =>
  fc.uint8Array({ minLength, maxLength }).map((value) => asHex(`0x${Buffer.from(value).toString('hex')}`));
const policies = fc.array(fc.record({ policy: address, initData: bytes(0, 40) }), { maxLength: 2 });
const anySession: Arbitrary<Session> = fc.record({
  sessionValidator: address,
  sessionValidatorInitData: bytes(0, 40),
  salt: bytes(32),
  userOpPolicies: policies,
  erc7739Policies: fc.record({
    allowedERC7739Content: fc.array(
      fc.record({
        appDomainSeparator: bytes(32),
        contentNames: fc.array(fc.string({ maxLength: 8 }), { maxLength: 2 }),
      }),
      { maxLength: 1 },
    ),
    erc1271Policies: policies,
  }),
  actions: fc.array(
    fc.record({ actionTargetSelector: bytes(4), actionTarget: address, actionPolicies: policies }),
    { maxLength: 2 },
  ),
  permitERC4337Paymaster: fc.boolean(),
});
