import { type Address, decodeFunctionData, encodeFunctionResult, type Hex } from 'viem';
import { describe, expect, it } from 'vitest';
import { installSmartSessionCalls } from '../account/install';
import { decodeComposableCalls, encodeComposableCalls } from '../actions/composable';
import { fixedCall } from '../actions/composableCall';
import { buildCustomAction } from '../actions/custom';
import { validatorInstalled } from '../actions/runtime';
import { smartSessionAbi } from '../constants/abis';
import { smartSessionAddress } from '../constants/addresses';
import { ContractAnswerError } from '../contractRead';
import { enableInstructions } from '../mee/prepare';
import {
  encodeDisableActionId,
  encodeDisableActionPolicies,
  encodeRemoveSession,
  encodeSetPermit4337Paymaster,
} from './change';
import { enablePartCall, enableSessionsCall } from './enable';
import { actionId, permissionId } from './permission';
import { actionsEnabledRead, enabledActionsRead, isPermissionEnabledRead } from './reads';
import { buildSession, buildSessionParts } from './session';

const redeemer: Address = '0x1563915e194D8CfBA1943570603F7606A3115508';
const account: Address = '0x8377BbCf37da558a9DCECAf5aAF0a99a2e38f0c5';
const counter: Address = '0x9D6d5e255b591545029a7c450b8D1D9b7D037755';
const otherModule: Address = '0x5555555555555555555555555555555555555555';
const salt: Hex = `0x${'33'.repeat(32)}`;
const action = (functionSignature: string, contractAddress = counter) =>
  buildCustomAction({ chainIds: [1], contractAddress, functionSignature, policies: [{ type: 'sudo' }] })[0]
    ?.actions ?? [];
const shared = { redeemer, salt, version: '2.0.0' as const, account };
const parts = [action('one()'), [...action('two()'), ...action('three()')]];

describe('a session in parts', () => {
  it('is one permission: same validator, init data and salt, each part with its own actions', () => {
    const built = buildSessionParts({ ...shared, parts });
    expect(built.session.actions).toEqual(parts.flat());
    expect(built.parts.map(({ actions }) => actions)).toEqual(parts);
    expect(new Set([built.session, ...built.parts].map(permissionId)).size).toBe(1);
  });

  it('is checked as the whole that it becomes', () => {
    expect(() => buildSessionParts({ ...shared, parts: [action('one()'), action('one()')] })).toThrow(
      expect.objectContaining({ code: 'DUPLICATE_ACTION' }),
    );
    expect(() => buildSessionParts({ ...shared, parts: [] })).toThrow(
      expect.objectContaining({ code: 'NO_ACTIONS' }),
    );
  });

  it('is enabled part by part, each when the module is installed', () => {
    const built = buildSessionParts({ ...shared, parts });
    const calls = built.parts.map((part) => enablePartCall({ part, account }));
    const { calls: decoded } = decodeComposableCalls(encodeComposableCalls(calls, '1.0.0'));
    expect(decoded.map(({ to }) => to)).toEqual([smartSessionAddress, smartSessionAddress]);
    const condition = validatorInstalled({ account, module: smartSessionAddress });
    expect(decoded.map(({ inputs }) => inputs[1])).toEqual([condition, condition]);
    expect(enableInstructions(built, { account, chainId: 1, batchActions: false })).toHaveLength(2);
    expect(enableInstructions(built, { account, chainId: 1, batchActions: true })).toMatchObject([
      { calls: [fixedCall(enableSessionsCall([built.session]))] },
    ]);
  });
});

describe('another deployment of the session module', () => {
  it('is the one that is installed, made a safe sender, called, waited for and read', () => {
    const built = buildSessionParts({ ...shared, parts, smartSession: otherModule });
    const used = JSON.stringify(
      [
        installSmartSessionCalls({ account, version: '2.0.0', smartSession: otherModule }),
        enableSessionsCall([built.session], otherModule),
        built.parts.map((part) => enablePartCall({ part, account, smartSession: otherModule })),
        enableInstructions(built, { account, chainId: 1, batchActions: false, smartSession: otherModule }),
        isPermissionEnabledRead({ account, permissionId: salt, smartSession: otherModule }),
        enabledActionsRead({ account, permissionId: salt, smartSession: otherModule }),
        actionsEnabledRead({ account, permissionId: salt, smartSession: otherModule }, []),
      ],
      (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
    ).toLowerCase();
    expect(used).not.toContain(smartSessionAddress.slice(2).toLowerCase());
    expect(used.split(otherModule.slice(2)).length).toBeGreaterThan(10);
  });

  it('may not be called by a session that it holds', () => {
    const actions = action('removeSession(bytes32)', otherModule);
    expect(() => buildSession({ ...shared, actions, smartSession: otherModule })).toThrow(
      expect.objectContaining({ code: 'ESCALATION_TARGET' }),
    );
    expect(() => buildSession({ ...shared, actions })).not.toThrow();
  });
});

describe('changes of a permission', () => {
  const id = actionId(counter, '0xe5071b8e');

  it.each<[string, Hex, readonly unknown[]]>([
    ['removeSession', encodeRemoveSession(salt), [salt]],
    ['disableActionId', encodeDisableActionId(salt, id), [salt, id]],
    ['disableActionPolicies', encodeDisableActionPolicies(salt, id, [counter]), [salt, id, [counter]]],
    ['setPermit4337Paymaster', encodeSetPermit4337Paymaster(salt, false), [salt, false]],
  ])('%s has its function and arguments', (name, data, args) => {
    expect(decodeFunctionData({ abi: smartSessionAbi, data })).toEqual({ functionName: name, args });
  });
});

describe('reads of a permission', () => {
  const permission = { account, permissionId: salt };

  it('ask the module and read its answers', () => {
    const enabled = isPermissionEnabledRead(permission);
    expect(enabled.to).toBe(smartSessionAddress);
    expect(enabled.data.slice(0, 10)).toBe('0xadbc532f');
    const answer = (functionName: 'isPermissionEnabled' | 'areActionsEnabled', result: boolean) =>
      encodeFunctionResult({ abi: smartSessionAbi, functionName, result });
    expect(enabled.decode(answer('isPermissionEnabled', true))).toBe(true);
    const actions = actionsEnabledRead(permission, action('one()'));
    expect(actions.decode(answer('areActionsEnabled', false))).toBe(false);
    const ids = [actionId(counter, '0xe5071b8e')];
    const list = encodeFunctionResult({
      abi: smartSessionAbi,
      functionName: 'getEnabledActions',
      result: ids,
    });
    expect(enabledActionsRead(permission).decode(list)).toEqual(ids);
  });

  it('give a typed error where nothing is deployed', () => {
    expect(() => isPermissionEnabledRead(permission).decode('0x')).toThrow(ContractAnswerError);
  });
});
