import { concat, encodeFunctionData, type Hex, pad, parseEther } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { entryPoint, sessionContracts } from '../addresses';
import { minedReceipt } from '../receipt';
import { installPaymaster } from '../testContracts';
import { accountAbi, entryPointAbi, smartSessionAbi } from '../testKit/abis';
import { calls } from '../testKit/calls';
import { expectDone, expectViolation, runOp, signedOp } from '../testKit/ops';
import { condition, policies } from '../testKit/policies';
import { type Scene, scene, useChain } from '../testKit/scene';
import { type Action, newSession, useSession } from '../testKit/session';
import { sessionAccount } from '../testKit/sessionAccount';
import { data, mint, selectors } from '../testKit/tokens';

const chain = useChain();
const fallbackTarget = pad('0x01', { size: 20 });
const friend = '0x1111111111111111111111111111111111111111';

const refusedBy = (name: string, args?: readonly unknown[]) => ({
  kind: 'refused',
  reason: 'AA23 reverted',
  inner: args === undefined ? { name } : { name, args },
});

function sudo(selector: Hex = selectors.incrementCount): Action {
  return { target: chain().counter, selector, policies: [policies.sudo()] };
}

const increment = () => ({ to: chain().counter, data: data.increment });

async function paymaster() {
  return installPaymaster({ rpcUrl: chain().rpcUrl, account: chain().bundler, deposit: parseEther('1') });
}

describe('what a session may call', () => {
  it('is what it lists, and nothing else', async () => {
    const at = await scene(chain(), { actions: [sudo()] });
    const refused = refusedBy('NoPoliciesSet', [at.session.permissionId]);
    expectDone(await at.use(increment()));
    expect(await at.use({ to: chain().counter, data: data.decrement })).toEqual(refused);
    expect(await at.use({ to: chain().plainToken, data: data.increment })).toEqual(refused);
    expect(await at.use([increment(), { to: chain().counter, data: data.decrement }])).toEqual(refused);
  });

  it('is a native transfer by the selector 0xffffffff only', async () => {
    const native = { to: chain().counter, value: 1n };
    const listed = await scene(chain(), { actions: [sudo(selectors.none)] });
    expectDone(await listed.use(native));
    expect(await listed.use({ ...native, data: '0xe5071b' })).toMatchObject({ kind: 'done', success: false });
    const zero = await scene(chain(), { actions: [sudo('0x00000000')] });
    expect(await zero.use(native)).toEqual(refusedBy('NoPoliciesSet', [zero.session.permissionId]));
  });

  it('is anything else by the fallback action', async () => {
    const fallback = { target: fallbackTarget, selector: '0x00000001', policies: [policies.sudo()] } as const;
    const limited = { ...sudo(), policies: [policies.usageLimit(1n)] };
    const at = await scene(chain(), { actions: [limited, fallback] });
    await mint(chain(), chain().plainToken, at.account.address, 5n);
    expectDone(await at.use({ to: chain().plainToken, data: data.transfer(friend, 5n) }));
    expectDone(await at.use({ to: chain().counter, data: data.addTo(1n) }));
    expectDone(await at.use(increment()));
    expectViolation(await at.use(increment()), at.session.permissionId, sessionContracts.UsageLimitPolicy);
  });

  it('is never the flag of the fallback action itself', async () => {
    const fallback = { target: fallbackTarget, selector: '0x00000001', policies: [policies.sudo()] } as const;
    const at = await scene(chain(), { actions: [fallback] });
    expect(await at.use({ to: fallbackTarget, data: '0x00000001' })).toEqual(refusedBy('InvalidTarget', []));
  });

  it('is a call to the session module by a flag of its own', async () => {
    const remove = (at: Scene) => ({
      to: sessionContracts.SmartSession,
      data: encodeFunctionData({
        abi: smartSessionAbi,
        functionName: 'removeSession',
        args: [at.session.permissionId],
      }),
    });
    const everything = {
      target: fallbackTarget,
      selector: '0x00000001',
      policies: [policies.sudo()],
    } as const;
    const without = await scene(chain(), { actions: [everything] });
    expect(await without.use(remove(without))).toEqual(
      refusedBy('NoPoliciesSet', [without.session.permissionId]),
    );
    const flagged = await scene(chain(), { actions: [{ ...everything, selector: '0x00000002' }] });
    expectDone(await flagged.use(remove(flagged)));
  });

  it('is not execute on the account itself', async () => {
    const account = await sessionAccount(chain());
    const own = { target: account.address, selector: '0xe9ae5c53', policies: [policies.sudo()] } as const;
    const at = await scene(chain(), { actions: [own] });
    const self = { to: at.account.address, data: calls.single(increment()) };
    expect(await at.use(self)).toEqual(refusedBy('InvalidSelfCall', []));
    expect(await at.use([increment(), self])).toMatchObject({ kind: 'refused' });
  });
});

describe('the kind of execution', () => {
  it('is single or batch, of the default type', async () => {
    const at = await scene(chain(), { actions: [sudo()] });
    expect(await at.send(calls.trySingle(increment()))).toEqual(refusedBy('UnsupportedExecutionType', []));
    expect(await at.send(calls.batch([increment()], '0x0101'))).toEqual(
      refusedBy('UnsupportedExecutionType', []),
    );
    expect(await at.send(calls.execute('0xff', chain().counter))).toEqual(
      refusedBy('UnsupportedCallType', ['0xff']),
    );
    expect(await at.send(calls.batch([]))).toEqual(refusedBy('NoExecutionsInBatch', []));
  });

  it('is not executeUserOp', async () => {
    const at = await scene(chain(), { actions: [sudo()] });
    expect(await at.send(concat(['0x8dd7712f', calls.single(increment())]))).toEqual(
      refusedBy('UnsupportedExecutionType', []),
    );
  });

  it('is otherwise an action on the account: executeComposable has no policies', async () => {
    const at = await scene(chain(), { actions: [sudo()] });
    const args = [
      [
        {
          to: chain().counter,
          value: 0n,
          functionSig: selectors.incrementCount,
          inputParams: [],
          outputParams: [],
        },
      ],
    ] as const;
    const composable = encodeFunctionData({ abi: accountAbi, functionName: 'executeComposable', args });
    expect(await at.send(composable)).toEqual(refusedBy('NoPoliciesSet', [at.session.permissionId]));
  });
});

describe('policies of one action', () => {
  it('must all pass, in the order of the grant', async () => {
    const both = [
      policies.usageLimit(2n),
      policies.universal([{ condition: condition.atMost, offset: 0n, ref: 5n }]),
    ];
    const add = (amount: bigint) => ({ to: chain().counter, data: data.addTo(amount) });
    const at = await scene(chain(), { actions: [{ ...sudo(selectors.addTo), policies: both }] });
    expectViolation(await at.use(add(6n)), at.session.permissionId, sessionContracts.UniversalPolicy);
    expectDone(await at.use(add(5n)));
    expectDone(await at.use(add(5n)));
    expectViolation(await at.use(add(6n)), at.session.permissionId, sessionContracts.UsageLimitPolicy);
  });

  it('are united when the action is listed twice, and the last data of a policy wins', async () => {
    const timeframe = policies.timeframe(0n, 4_000_000_000n);
    const at = await scene(chain(), {
      actions: [
        { ...sudo(), policies: [policies.usageLimit(9n), timeframe] },
        { ...sudo(), policies: [policies.usageLimit(1n)] },
      ],
    });
    expectDone(await at.use(increment()));
    expectViolation(await at.use(increment()), at.session.permissionId, sessionContracts.UsageLimitPolicy);
    expect(await at.use(increment(), { at: 4_000_000_001n })).toMatchObject({ kind: 'refused' });
  });
});

describe('a paymaster', () => {
  it('pays when the session permits it', async () => {
    const at = await scene(chain(), { actions: [sudo()] });
    expectDone(await at.use(increment(), { paymaster: await paymaster() }));
  });

  it('is refused when the session does not permit it', async () => {
    const at = await scene(chain(), { actions: [sudo()], permitPaymaster: false });
    expectDone(await at.use(increment()));
    expect(await at.use(increment(), { paymaster: await paymaster() })).toEqual(
      refusedBy('PaymasterValidationNotEnabled', [at.session.permissionId]),
    );
  });

  it('asks for a policy of the user operation', async () => {
    const at = await scene(chain(), { actions: [sudo()], userOpPolicies: [] });
    expectDone(await at.use(increment()));
    expect(await at.use(increment(), { paymaster: await paymaster() })).toEqual(
      refusedBy('NoPoliciesSet', [at.session.permissionId]),
    );
  });

  it('pays for its owner alone', async () => {
    const at = await scene(chain(), { actions: [sudo()] });
    const stranger = privateKeyToAccount(generatePrivateKey());
    await chain().client.setBalance({ address: stranger.address, value: parseEther('9') });
    const foreign = await installPaymaster({
      rpcUrl: chain().rpcUrl,
      account: stranger,
      deposit: parseEther('1'),
    });
    expect(await at.use(increment(), { paymaster: foreign })).toEqual({
      kind: 'refused',
      reason: 'AA34 signature error',
    });
  });
});

describe('the order of checks', () => {
  it('asks for the permission before anything else', async () => {
    const account = await sessionAccount(chain());
    const unknown = newSession(account, { actions: [] });
    const outcome = await useSession(chain(), account, unknown, {
      callData: '0x12345678',
      sign: () => '0x',
      paymaster: await paymaster(),
    });
    expect(outcome).toEqual(refusedBy('InvalidPermissionId', [unknown.permissionId]));
  });

  it('asks policies before the signature', async () => {
    const at = await scene(chain(), { actions: [{ ...sudo(), policies: [policies.usageLimit(1n)] }] });
    const forged = (callData: Hex) =>
      useSession(chain(), at.account, at.session, {
        callData,
        sign: (hash) => at.account.owner.sign({ hash }),
      });
    const wrong = { kind: 'refused', reason: 'AA24 signature error' };
    expect(await forged(calls.single(increment()))).toEqual(wrong);
    expect(await forged(calls.batch([increment(), increment()]))).toMatchObject({
      inner: { name: 'PolicyViolation' },
    });
    expectDone(await at.use(increment()));
  });

  it('asks policies of the user operation before actions', async () => {
    const at = await scene(chain(), { actions: [sudo()], userOpPolicies: [policies.usageLimit(1n)] });
    expectDone(await at.use(increment()));
    expectViolation(
      await at.use({ to: chain().counter, data: data.decrement }),
      at.session.permissionId,
      sessionContracts.UsageLimitPolicy,
    );
  });

  it.each(['0x01', '0x02', '0x03', '0xff'] as const)('refuses to read mode %s as a use', async (mode) => {
    const at = await scene(chain(), { actions: [sudo()] });
    const outcome = await runOp(chain(), at.account, {
      callData: calls.single(increment()),
      validator: sessionContracts.SmartSession,
      sign: async (hash) => concat([mode, at.session.permissionId, await at.session.key.sign({ hash })]),
    });
    expect(outcome).toMatchObject({ kind: 'refused', reason: 'AA23 reverted' });
  });

  it('serves the sender itself alone', async () => {
    const at = await scene(chain(), { actions: [sudo()] });
    const op = await signedOp(chain(), at.account, {
      callData: calls.single(increment()),
      validator: sessionContracts.SmartSession,
      sign: async (hash) => concat(['0x00', at.session.permissionId, await at.session.key.sign({ hash })]),
    });
    const hash = await chain().client.readContract({
      address: entryPoint,
      abi: entryPointAbi,
      functionName: 'getUserOpHash',
      args: [op],
    });
    const ask = (account: Hex) =>
      chain().client.simulateContract({
        address: sessionContracts.SmartSession,
        abi: smartSessionAbi,
        functionName: 'validateUserOp',
        args: [op, hash],
        account,
      });
    await expect(ask(chain().bundler)).rejects.toThrow('InvalidUserOpSender');
    const { result } = await ask(at.account.address);
    expect(result).toBe((2n ** 48n - 1n) << 160n);
  });
});

it('a nonce is used once', async () => {
  const at = await scene(chain(), { actions: [sudo()] });
  const parts = {
    callData: calls.single(increment()),
    validator: sessionContracts.SmartSession,
    sign: async (hash: Hex) => concat(['0x00', at.session.permissionId, await at.session.key.sign({ hash })]),
  };
  const op = await signedOp(chain(), at.account, parts);
  const bring = () =>
    chain().client.simulateContract({
      address: entryPoint,
      abi: entryPointAbi,
      functionName: 'handleOps',
      args: [[op], chain().bundler],
      account: chain().bundler,
    });
  const { request } = await bring();
  await minedReceipt(chain().client, await chain().client.writeContract(request));
  await expect(bring()).rejects.toThrow('AA25 invalid account nonce');
});
