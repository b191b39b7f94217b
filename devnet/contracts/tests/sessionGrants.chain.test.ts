import { encodeAbiParameters, encodeFunctionData, type Hex, pad, zeroAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import { sessionContracts } from '../addresses';
import { accountAbi, smartSessionAbi } from '../testKit/abis';
import { calls } from '../testKit/calls';
import { expectDone, runOwnerOp } from '../testKit/ops';
import { policies } from '../testKit/policies';
import { type Scene, scene, useChain } from '../testKit/scene';
import { type Action, actionIdOf, newSession, ownerCallsModule, tryEnable } from '../testKit/session';
import { sessionAccount } from '../testKit/sessionAccount';
import { data, selectors } from '../testKit/tokens';

const chain = useChain();
const module = { address: sessionContracts.SmartSession, abi: smartSessionAbi } as const;

function sudo(selector: Hex = selectors.incrementCount): Action {
  return { target: chain().counter, selector, policies: [policies.sudo()] };
}

const increment = () => ({ to: chain().counter, data: data.increment });

function isEnabled({ account, session }: Scene) {
  const args = [session.permissionId, account.address] as const;
  return chain().client.readContract({ ...module, functionName: 'isPermissionEnabled', args });
}

describe('reads', () => {
  it('tell everything about an enabled session', async () => {
    const at = await scene(chain(), {
      actions: [sudo(), { ...sudo(selectors.addTo), policies: [policies.usageLimit(3n)] }],
    });
    const { account, session } = at;
    const first = actionIdOf(chain().counter, selectors.incrementCount);
    const second = actionIdOf(chain().counter, selectors.addTo);
    const read = chain().client.readContract;
    expect(await isEnabled(at)).toBe(true);
    expect(await read({ ...module, functionName: 'getPermissionId', args: [session.struct] })).toBe(
      session.permissionId,
    );
    expect(await read({ ...module, functionName: 'getPermissionIDs', args: [account.address] })).toEqual([
      session.permissionId,
    ]);
    expect(
      await read({
        ...module,
        functionName: 'getEnabledActions',
        args: [account.address, session.permissionId],
      }),
    ).toEqual([first, second]);
    expect(
      await read({
        ...module,
        functionName: 'getActionPolicies',
        args: [account.address, session.permissionId, second],
      }),
    ).toEqual([sessionContracts.UsageLimitPolicy]);
    const has = (policy: Hex) =>
      read({
        ...module,
        functionName: 'isActionPolicyEnabled',
        args: [account.address, session.permissionId, first, policy],
      });
    expect(await has(sessionContracts.SudoPolicy)).toBe(true);
    expect(await has(sessionContracts.UsageLimitPolicy)).toBe(false);
    const all = [account.address, session.permissionId, session.struct.actions] as const;
    expect(await read({ ...module, functionName: 'areActionsEnabled', args: all })).toBe(true);
    const [validator, config] = await read({
      ...module,
      functionName: 'getSessionValidatorAndConfig',
      args: [account.address, session.permissionId],
    });
    expect({ validator, config }).toEqual({
      validator: account.contracts.validator,
      config: session.key.address.toLowerCase(),
    });
    expect(await read({ ...module, functionName: 'isInitialized', args: [account.address] })).toBe(true);
  });

  it('say that the module is a validator', async () => {
    const isType = (kind: bigint) =>
      chain().client.readContract({ ...module, functionName: 'isModuleType', args: [kind] });
    expect(await Promise.all([isType(1n), isType(2n), isType(7n)])).toEqual([true, false, false]);
  });

  it('know nothing of a session of another account', async () => {
    const at = await scene(chain(), { actions: [sudo()] });
    const other = await sessionAccount(chain());
    const args = [at.session.permissionId, other.address] as const;
    expect(await chain().client.readContract({ ...module, functionName: 'isPermissionEnabled', args })).toBe(
      false,
    );
  });
});

describe('enabling', () => {
  async function refusal(change: (session: ReturnType<typeof newSession>) => ReturnType<typeof newSession>) {
    const account = await sessionAccount(chain());
    const outcome = await tryEnable(chain(), account, change(newSession(account, { actions: [sudo()] })));
    expect(outcome).toMatchObject({ kind: 'done', success: false });
    return outcome.kind === 'done' ? outcome.reason?.name : undefined;
  }

  it.each([
    ['the zero target', zeroAddress],
    ['the session module', sessionContracts.SmartSession],
  ])('refuses an action on %s', async (_, actionTarget) => {
    const name = await refusal((session) => {
      const actions = session.struct.actions.map((action) => ({ ...action, actionTarget }));
      return { ...session, struct: { ...session.struct, actions } };
    });
    expect(name).toBe('InvalidActionId');
  });

  it('refuses a policy that is not of the kind', async () => {
    const userOpPolicies = [policies.spendingLimits([{ token: chain().plainToken, limit: 1n }])];
    const wrongKind = await refusal((session) => ({
      ...session,
      struct: { ...session.struct, userOpPolicies },
    }));
    expect(wrongKind).toBe('UnsupportedPolicy');
    const noPolicy = [{ policy: chain().counter, initData: '0x' }] as const;
    const notAny = await refusal((session) => ({
      ...session,
      struct: { ...session.struct, userOpPolicies: noPolicy },
    }));
    expect(notAny).toBe('UnsupportedPolicy');
  });

  it('refuses a session validator that is none', async () => {
    const zero = await refusal((session) => ({
      ...session,
      struct: { ...session.struct, sessionValidator: zeroAddress },
    }));
    expect(zero).toBe('InvalidISessionValidator');
    const other = await refusal((session) => ({
      ...session,
      struct: { ...session.struct, sessionValidator: sessionContracts.SmartSession },
    }));
    expect(other).toBe('InvalidISessionValidator');
  });

  it('refuses an empty list', async () => {
    const account = await sessionAccount(chain());
    const empty = encodeFunctionData({ abi: smartSessionAbi, functionName: 'enableSessions', args: [[]] });
    const outcome = await ownerCallsModule(chain(), account, empty);
    expect(outcome).toMatchObject({ success: false, reason: { name: 'InvalidData' } });
  });

  it('again adds actions to what is there', async () => {
    const at = await scene(chain(), { actions: [sudo()] });
    const wider = newSession(at.account, { actions: [sudo(selectors.addTo)] }).struct.actions;
    const struct = { ...at.session.struct, actions: wider };
    expectDone(await tryEnable(chain(), at.account, { ...at.session, struct }));
    expectDone(await at.use([increment(), { to: chain().counter, data: data.addTo(1n) }]));
  });
});

describe('removal', () => {
  const owner = (at: Scene, callData: Hex) => ownerCallsModule(chain(), at.account, callData);

  function noPolicies(at: Scene) {
    return { kind: 'refused', inner: { name: 'NoPoliciesSet', args: [at.session.permissionId] } };
  }

  it('ends a session, its actions and its signer', async () => {
    const at = await scene(chain(), { actions: [sudo()] });
    const { account, session } = at;
    const args = [session.permissionId] as const;
    expectDone(
      await owner(at, encodeFunctionData({ abi: smartSessionAbi, functionName: 'removeSession', args })),
    );
    expect(await isEnabled(at)).toBe(false);
    expect(await at.use(increment())).toMatchObject({
      kind: 'refused',
      inner: { name: 'InvalidPermissionId', args: [session.permissionId] },
    });
    const read = chain().client.readContract;
    const of = [account.address, session.permissionId] as const;
    expect(await read({ ...module, functionName: 'getEnabledActions', args: of })).toEqual([]);
    expect(await read({ ...module, functionName: 'getSessionValidatorAndConfig', args: of })).toEqual([
      zeroAddress,
      '0x',
    ]);
    expect(await read({ ...module, functionName: 'getPermissionIDs', args: [account.address] })).toEqual([]);
  });

  it('keeps counters, which enabling again puts back', async () => {
    const at = await scene(chain(), { actions: [{ ...sudo(), policies: [policies.usageLimit(1n)] }] });
    expectDone(await at.use(increment()));
    const args = [at.session.permissionId] as const;
    expectDone(
      await owner(at, encodeFunctionData({ abi: smartSessionAbi, functionName: 'removeSession', args })),
    );
    expectDone(await tryEnable(chain(), at.account, at.session));
    expectDone(await at.use(increment()));
  });

  it('forgets every policy', async () => {
    const limit = [policies.usageLimit(1n)];
    const at = await scene(chain(), { actions: [{ ...sudo(), policies: limit }], userOpPolicies: limit });
    const args = [at.session.permissionId] as const;
    expectDone(
      await owner(at, encodeFunctionData({ abi: smartSessionAbi, functionName: 'removeSession', args })),
    );
    const { actions, userOpPolicies } = newSession(at.account, { actions: [sudo()] }).struct;
    const struct = { ...at.session.struct, actions, userOpPolicies };
    expectDone(await tryEnable(chain(), at.account, { ...at.session, struct }));
    expectDone(await at.use([increment(), increment()]));
    expectDone(await at.use(increment()));
  });

  it('leaves other sessions alone', async () => {
    const at = await scene(chain(), { actions: [sudo()] });
    const other = newSession(at.account, { actions: [sudo()] });
    expectDone(await tryEnable(chain(), at.account, other));
    const args = [other.permissionId] as const;
    expectDone(
      await owner(at, encodeFunctionData({ abi: smartSessionAbi, functionName: 'removeSession', args })),
    );
    expectDone(await at.use(increment()));
  });

  it('is for the account alone', async () => {
    const at = await scene(chain(), { actions: [sudo()] });
    const stranger = await sessionAccount(chain());
    const args = [at.session.permissionId] as const;
    const remove = encodeFunctionData({ abi: smartSessionAbi, functionName: 'removeSession', args });
    expectDone(await ownerCallsModule(chain(), stranger, remove));
    expect(await isEnabled(at)).toBe(true);
  });

  it('refuses the zero permission', async () => {
    const at = await scene(chain(), { actions: [sudo()] });
    const args = [pad('0x', { size: 32 })] as const;
    const outcome = await owner(
      at,
      encodeFunctionData({ abi: smartSessionAbi, functionName: 'removeSession', args }),
    );
    expect(outcome).toMatchObject({ success: false, reason: { name: 'InvalidSession' } });
  });

  it('of one action leaves the others', async () => {
    const at = await scene(chain(), { actions: [sudo(), sudo(selectors.addTo)] });
    const args = [at.session.permissionId, actionIdOf(chain().counter, selectors.incrementCount)] as const;
    expectDone(
      await owner(at, encodeFunctionData({ abi: smartSessionAbi, functionName: 'disableActionId', args })),
    );
    expect(await at.use(increment())).toMatchObject(noPolicies(at));
    expectDone(await at.use({ to: chain().counter, data: data.addTo(1n) }));
  });

  it('of the last policy of an action removes the action', async () => {
    const at = await scene(chain(), {
      actions: [{ ...sudo(), policies: [policies.sudo(), policies.usageLimit(1n)] }],
    });
    const actionId = actionIdOf(chain().counter, selectors.incrementCount);
    const disable = (policy: Hex) =>
      owner(
        at,
        encodeFunctionData({
          abi: smartSessionAbi,
          functionName: 'disableActionPolicies',
          args: [at.session.permissionId, actionId, [policy]],
        }),
      );
    const actions = () =>
      chain().client.readContract({
        ...module,
        functionName: 'getEnabledActions',
        args: [at.account.address, at.session.permissionId],
      });
    expectDone(await disable(sessionContracts.UsageLimitPolicy));
    expect(await actions()).toEqual([actionId]);
    expectDone(await at.use([increment(), increment()]));
    expectDone(await disable(sessionContracts.SudoPolicy));
    expect(await actions()).toEqual([]);
    expect(await at.use(increment())).toMatchObject(noPolicies(at));
  });

  it('of a policy of the user operation takes its limit away', async () => {
    const at = await scene(chain(), { actions: [sudo()], userOpPolicies: [policies.usageLimit(1n)] });
    expectDone(await at.use(increment()));
    const args = [at.session.permissionId, [sessionContracts.UsageLimitPolicy]] as const;
    expectDone(
      await owner(
        at,
        encodeFunctionData({ abi: smartSessionAbi, functionName: 'disableUserOpPolicies', args }),
      ),
    );
    expectDone(await at.use(increment()));
  });

  it('refuses to change a session that is not enabled', async () => {
    const at = await scene(chain(), { actions: [sudo()] });
    const unknown = newSession(at.account, { actions: [] });
    const args = [unknown.permissionId, true] as const;
    const outcome = await owner(
      at,
      encodeFunctionData({ abi: smartSessionAbi, functionName: 'setPermit4337Paymaster', args }),
    );
    expect(outcome).toMatchObject({
      success: false,
      reason: { name: 'InvalidPermissionId', args: [unknown.permissionId] },
    });
  });

  it('of the module removes every session', async () => {
    const at = await scene(chain(), { actions: [sudo()] });
    expectDone(await tryEnable(chain(), at.account, newSession(at.account, { actions: [sudo()] })));
    const previous = pad('0x01', { size: 20 });
    const types = [{ type: 'address' }, { type: 'bytes' }] as const;
    const args = [1n, sessionContracts.SmartSession, encodeAbiParameters(types, [previous, '0x'])] as const;
    const uninstall = encodeFunctionData({ abi: accountAbi, functionName: 'uninstallModule', args });
    const callData = calls.single({ to: at.account.address, data: uninstall });
    expectDone(await runOwnerOp(chain(), at.account, { callData }));
    expect(await isEnabled(at)).toBe(false);
    const list = { ...module, functionName: 'getPermissionIDs', args: [at.account.address] } as const;
    expect(await chain().client.readContract(list)).toEqual([]);
  });
});
