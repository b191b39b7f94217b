import 'fake-indexeddb/auto';
import { encodeFunctionData, erc20Abi, zeroAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import { type Devnet, devnetOptionsFromEnvironment, startDevnet } from '../../devnet/devnet';
import { buildTransferAction } from '../protocol/actions/transfer';
import { smartSessionAddress } from '../protocol/constants/addresses';
import { encodeDisableActionId, encodeRemoveSession } from '../protocol/session/change';
import { actionId } from '../protocol/session/permission';
import { balanceOn, countOn, decrement, increment, origin, type Scene, sendAs } from './testing/scene';
import { useScene } from './testing/useScene';

let devnet: Devnet;
let scene: Scene;

useScene(
  () => startDevnet(devnetOptionsFromEnvironment()),
  (current) => {
    ({ network: devnet, scene } = current);
  },
);

const recipient = '0x00000000000000000000000000000000000000bb';
const calls = (data: `0x${string}`, to = scene.home.counter) => [
  { chainId: scene.home.chainId, calls: [{ to, data }] },
];

describe('what is left of a grant', () => {
  it('is read from the chain, and a dry run says the same as a use', async () => {
    const { grantId = '' } = await scene.grant('g', [scene.home], 2n);
    const check = (data: `0x${string}`) =>
      scene.dapp(origin, 'latchkey_checkCalls', [{ instructions: calls(data) }]);
    expect(await check(increment)).toEqual({ allowed: true, grantId });
    await scene.use('one');
    const usage = await scene.dapp(origin, 'latchkey_getUsage', [{ grantId }]);
    expect(usage.permissions).toMatchObject([{ chainId: scene.home.chainId, enabled: true }]);
    expect(usage.permissions[0]?.limits).toMatchObject([
      { policy: 'usageLimit', limit: '0x2', used: '0x1', remaining: '0x1', feeBudget: false },
      { policy: 'universal', limit: '0x4c4b40', feeBudget: true },
    ]);
    await scene.use('two');
    const sent = devnet.requests.length;
    expect(await check(increment)).toMatchObject({
      allowed: false,
      error: { code: 4100, data: { reason: 'USAGE_LIMIT_EXCEEDED', details: { remaining: '0' } } },
    });
    expect(await check(decrement)).toMatchObject({ error: { data: { reason: 'ACTION_NOT_GRANTED' } } });
    expect(devnet.requests).toHaveLength(sent);
    const [view] = await scene.popup('listGrants');
    expect(view?.usage[0]?.used[0]).toBe(2n);
    expect(view?.feeBudget).toMatchObject({ symbol: 'PERMIT', decimals: 6 });
    expect(view?.exposure.map(({ symbol }) => symbol)).toContain('PERMIT');
    expect((await scene.popup('getUsage', { grantId })).permissions[0]?.limits[0]).toMatchObject({
      limit: 2n,
      used: 2n,
      remaining: 0n,
    });
  });

  it('counts apart what the dapp does and what fees take of one limit', async () => {
    const { chainId, permitToken } = scene.home;
    const actions = buildTransferAction({
      chainIds: [chainId],
      contractAddress: permitToken,
      maxAmountLimit: 1_000_000n,
    });
    const { review, result } = await scene.prepare({
      requestId: 'shared',
      enableSession: { actions, maxPaymentAmount: '3000000' },
      feeToken: { address: permitToken, chainId },
    });
    expect(review.permissions[0]?.actions).toMatchObject([
      {
        feeBudget: false,
        widened: [
          { policy: 'universal', limit: 'perCall', asked: 1_000_000n, granted: 4_000_000n },
          { policy: 'universal', limit: 'total', asked: 1_000_000n, granted: 4_000_000n },
        ],
      },
    ]);
    const transfer = (amount: bigint) =>
      encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [recipient, amount] });
    const use = (requestId: string, amount: bigint) =>
      scene.dapp(origin, 'latchkey_use', [{ requestId, instructions: calls(transfer(amount), permitToken) }]);
    await use('first', 900_000n);
    await expect(use('over', 100_001n)).rejects.toMatchObject({
      code: 4100,
      data: { reason: 'RULE_TOTAL_EXCEEDED', details: { remaining: '100000' } },
    });
    await use('rest', 100_000n);
    expect(await balanceOn(scene.home, recipient, permitToken)).toBe(1_000_000n);
    const [summary] = await scene.dapp(origin, 'latchkey_getPermissions');
    expect(summary?.permissions[0]?.actions[0]?.actionPolicies).toEqual(
      actions[0]?.actions[0]?.actionPolicies,
    );
    expect(result.grantId).toBe(summary?.grantId);
  });

  it('pays in native coin out of a budget of its own', async () => {
    const { chainId } = scene.home;
    await devnet.fund({ chainId, to: scene.account, amount: 10n ** 18n });
    const { review } = await scene.prepare({
      ...scene.prepareParams('native')[0],
      enableSession: {
        ...scene.prepareParams('x')[0]?.enableSession,
        maxPaymentAmount: '100000000000000000',
      },
      feeToken: { address: zeroAddress, chainId },
    });
    expect(review.feeBudget).toMatchObject({ token: zeroAddress, amount: 10n ** 17n, symbol: 'ETH' });
    expect(review.fee?.max.decimals).toBe(18);
    expect(review.permissions[0]?.actions[1]).toMatchObject({ selector: '0xffffffff', feeBudget: true });
    const count = await countOn(scene.home);
    await scene.use('native-use');
    expect(await countOn(scene.home)).toBe(count + 1n);
  });

  it('of the fee budget decides on the fee, and what it lacks is told by name and number', async () => {
    const asked = (requestId: string, maxPaymentAmount: string) => ({
      ...scene.prepareParams(requestId, [scene.home], 9n)[0],
      enableSession: { ...scene.prepareParams('x', [scene.home], 9n)[0]?.enableSession, maxPaymentAmount },
    });
    const { result: trial } = await scene.prepare(asked('trial', '5000000'));
    await scene.use('price');
    const usage = await scene.dapp(origin, 'latchkey_getUsage', [{ grantId: trial.grantId }]);
    const price = BigInt(usage.permissions[0]?.limits.find(({ feeBudget }) => feeBudget)?.used ?? 0);
    expect(price).toBeGreaterThan(0n);
    const { result } = await scene.prepare(asked('small', ((price * 3n) / 2n).toString()));
    const use = (requestId: string, change = {}) =>
      scene.dapp(origin, 'latchkey_use', [
        { requestId, grantId: result.grantId, instructions: calls(increment), ...change },
      ]);
    await use('paid');
    const sent = scene.submissions();
    await expect(use('short')).rejects.toMatchObject({
      code: -32000,
      data: { reason: 'FEE_BUDGET_EXCEEDED', details: { remaining: expect.stringMatching(/^[1-9]\d*$/) } },
    });
    expect(scene.submissions()).toBe(sent);
    expect(await use('sponsored', { sponsorship: true })).toHaveProperty('hash');
  });

  it('is enforced once, however many requests race', async () => {
    const { grantId = '' } = await scene.grant('race', [scene.home], 50n);
    const count = await countOn(scene.home);
    const ended = await Promise.allSettled(
      Array.from({ length: 200 }, (_item, index) => scene.use(`race${index}`)),
    );
    const refused = ended.filter((one) => one.status === 'rejected');
    expect(refused).toHaveLength(150);
    for (const one of refused) {
      expect(one.reason).toMatchObject({ code: 4100, data: { reason: 'USAGE_LIMIT_EXCEEDED' } });
    }
    expect(await countOn(scene.home)).toBe(count + 50n);
    const kept = (await scene.popup('listGrants')).find((grant) => grant.grantId === grantId);
    expect(kept?.usage).toMatchObject([{ used: [50n, 0n] }]);
    expect((await scene.popup('getUsage', { grantId })).permissions[0]?.limits[0]).toMatchObject({
      ...{ limit: 50n, used: 50n, remaining: 0n },
    });
  });
});

describe('what others do to a grant', () => {
  it('is taken over from the chain, and told apart from what was never granted', async () => {
    const { grantId = '', account, permissions } = await scene.grant('g', [scene.home], 3n);
    const [permission] = permissions;
    if (!permission) throw new TypeError('There is no permission.');
    const data = encodeDisableActionId(permission.permissionId, actionId(scene.home.counter, increment));
    await sendAs(scene.home, account, smartSessionAddress, data);
    await scene.dapp(origin, 'latchkey_getUsage', [{ grantId }]);
    await expect(scene.use('gone')).rejects.toMatchObject({
      code: 4100,
      data: { reason: 'ACTION_NOT_ENABLED' },
    });
    const [summary] = await scene.dapp(origin, 'latchkey_getPermissions');
    expect(summary?.permissions[0]?.actions.map(({ state }) => state)).toEqual(['notEnabled']);
    const again = await scene.prepare(scene.prepareParams('again', [scene.home], 3n)[0] ?? {});
    expect(again.review.changes?.items.map(({ text }) => text)).toContain(
      'A part of the earlier permission is not enabled.',
    );
    expect(await scene.use('works')).toMatchObject({ grantId: again.result.grantId });
  });

  it('that ends the permission makes a use say so, without a signature', async () => {
    const { account, permissions } = await scene.grant('g', [scene.home], 3n);
    const permissionId = permissions[0]?.permissionId ?? '0x';
    await sendAs(scene.home, account, smartSessionAddress, encodeRemoveSession(permissionId));
    const sent = scene.submissions();
    await expect(scene.use('gone')).rejects.toMatchObject({
      code: 4100,
      data: { reason: 'PERMISSION_NOT_ENABLED', details: { state: 'permissionNotEnabled' } },
    });
    expect(scene.submissions()).toBe(sent);
  });
});
