import 'fake-indexeddb/auto';
import { encodeFunctionData, erc20Abi, parseAbi } from 'viem';
import { describe, expect, it } from 'vitest';
import { type Devnet, devnetOptionsFromEnvironment, startDevnet } from '../../devnet/devnet';
import { encodePolicy } from '../protocol/policies/registry';
import { balanceOn, countOn, decrement, increment, origin, type Scene } from './testing/scene';
import { useScene } from './testing/useScene';

let devnet: Devnet;
let scene: Scene;

useScene(
  () => startDevnet(devnetOptionsFromEnvironment()),
  (current) => {
    ({ network: devnet, scene } = current);
  },
);

const feeToken = () => ({ address: scene.home.permitToken, chainId: scene.home.chainId });
const recipient = '0x00000000000000000000000000000000000000AA';
const mintAbi = parseAbi(['function mint(address to, uint256 amount)']);

describe('a PREPARE without a permission', () => {
  it('deploys, makes ready and runs instructions, and grants nothing', async () => {
    const count = await countOn(scene.home);
    const { chainId, counter } = scene.home;
    const { review, result } = await scene.prepare({
      requestId: 'only',
      feeToken: feeToken(),
      instructions: [{ chainId, calls: [{ to: counter, data: increment }] }],
    });
    expect(review.permissions).toEqual([]);
    expect(review.instructions).toMatchObject([
      { chainId, calls: [{ target: counter, value: 0n, data: increment, pieces: [] }] },
    ]);
    expect(review.chains[0]?.steps).toEqual(['deployAccount', 'installSmartSessions', 'runInstructions']);
    expect(result).toMatchObject({ outcome: 'executed', permissions: [] });
    expect(result).not.toHaveProperty('grantId');
    expect(await countOn(scene.home)).toBe(count + 1n);
    expect(await scene.dapp(origin, 'latchkey_getPermissions')).toEqual([]);
    const again = await scene.dapp(origin, 'latchkey_prepare', [{ requestId: 'no', feeToken: feeToken() }]);
    expect(again).toMatchObject({ outcome: 'nothingToDo', transactions: [] });
  });

  it('puts values together that are read when it runs, and sends away what is left', async () => {
    const { chainId, permitToken, plainToken } = scene.home;
    await devnet.fund({ chainId, to: scene.account, token: plainToken, amount: 700n });
    const { review } = await scene.prepare({
      requestId: 'runtime',
      feeToken: feeToken(),
      instructions: [
        {
          chainId,
          calls: [
            {
              to: plainToken,
              selector: '0xa9059cbb',
              inputs: [
                { kind: 'raw', data: `0x${recipient.slice(2).toLowerCase().padStart(64, '0')}` },
                {
                  kind: 'balance',
                  token: plainToken,
                  account: scene.account,
                  constraints: [{ type: 'greaterThanOrEqual', value: `0x${'0'.repeat(63)}1` }],
                },
              ],
            },
            {
              to: plainToken,
              data: encodeFunctionData({ abi: mintAbi, functionName: 'mint', args: [scene.account, 55n] }),
            },
          ],
        },
      ],
      cleanUps: [{ tokenAddress: plainToken, chainId, recipientAddress: scene.owner }],
    });
    const [call, mint] = review.instructions[0]?.calls ?? [];
    expect(call).toMatchObject({
      target: plainToken,
      signature: { text: expect.stringMatching(/^transfer\(/), source: 'known' },
      pieces: [{ kind: 'fixed' }, { kind: 'staticCall', target: plainToken, constraints: [{}] }],
    });
    expect(mint?.data).toMatch(/^0x40c10f19/);
    expect(review.cleanUps).toMatchObject([{ recipient: scene.owner, everything: true }]);
    expect(await balanceOn(scene.home, recipient, plainToken)).toBe(700n);
    expect(await balanceOn(scene.home, scene.owner, plainToken)).toBe(55n);
    expect(await balanceOn(scene.home, scene.owner, permitToken)).toBe(0n);
  });

  it('shows what a known call does with its arguments, and wants a yes to an unlimited approval', async () => {
    const { chainId, plainToken } = scene.home;
    const most = 2n ** 256n - 1n;
    const data = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [recipient, most] });
    const answer = scene.dapp(origin, 'latchkey_prepare', [
      {
        requestId: 'approve',
        feeToken: feeToken(),
        instructions: [{ chainId, calls: [{ to: plainToken, data }] }],
      },
    ]);
    const review = await scene.nextPrepareReview();
    expect(review.instructions[0]?.calls[0]?.args?.map(({ value }) => value)).toEqual([
      recipient,
      most.toString(),
    ]);
    const decision = { reviewId: review.id, digest: review.digest };
    await expect(scene.popup('approve', decision)).rejects.toMatchObject({
      code: -32602,
      data: { reason: 'NOT_ACKNOWLEDGED', details: { codes: ['UNLIMITED_APPROVAL'] } },
    });
    await scene.popup('approve', { ...decision, acknowledged: ['UNLIMITED_APPROVAL'] });
    expect(await answer).toMatchObject({ outcome: 'executed' });
  });

  it('may not call the machinery of the account', async () => {
    const { chainId } = scene.home;
    const asking = scene.dapp(origin, 'latchkey_prepare', [
      {
        requestId: 'self',
        feeToken: feeToken(),
        instructions: [{ chainId, calls: [{ to: scene.account, data: '0x9517e29f' }] }],
      },
    ]);
    await expect(asking).rejects.toMatchObject({ code: -32602, data: { reason: 'ESCALATION_TARGET' } });
  });
});

describe('what only the companion decides on', () => {
  it.each([
    ['enableSession', 'redeemer', 'REDEEMER_GIVEN'],
    ['', 'authorization', 'AUTHORIZATION_GIVEN'],
    ['', 'authorizations', 'AUTHORIZATION_GIVEN'],
  ])('is refused from a page: %s %s', async (parent, field, reason) => {
    const [params] = scene.prepareParams('own');
    const given = { [field]: field === 'authorizations' ? [] : recipient };
    const asked =
      parent === ''
        ? { ...params, ...given }
        : { ...params, enableSession: { ...params?.enableSession, ...given } };
    await expect(scene.dapp(origin, 'latchkey_prepare', [asked])).rejects.toMatchObject({
      code: -32602,
      data: { reason },
    });
  });
});

describe('a session', () => {
  it('is enabled action by action where it is asked so, and holds all of them', async () => {
    const { chainId, counter } = scene.home;
    const action = (selector: string) => ({
      chainId,
      actions: [
        {
          actionTarget: counter,
          actionTargetSelector: selector,
          actionPolicies: [encodePolicy({ type: 'usageLimit', limit: 2n })],
        },
      ],
    });
    const { review, result } = await scene.prepare({
      requestId: 'parts',
      enableSession: { actions: [action(increment), action(decrement)], batchActions: false },
      feeToken: feeToken(),
    });
    expect(review.batched).toBe(false);
    expect(result.permissions).toHaveLength(1);
    expect(await scene.use('up')).toMatchObject({ grantId: result.grantId });
    expect(await scene.use('down', decrement)).toMatchObject({ grantId: result.grantId });
  });

  it('of which only a part could be enabled is used for that part, and refused for the rest', async () => {
    const { chainId, counter } = scene.home;
    const action = (actionTargetSelector: string) => ({
      actionTarget: counter,
      actionTargetSelector,
      actionPolicies: [encodePolicy({ type: 'usageLimit', limit: 2n })],
    });
    const tooMany = Array.from({ length: 12 }, (_item, index) =>
      action(`0x0000${(index + 16).toString(16)}ff`),
    );
    const preparing = scene.prepare({
      requestId: 'partly',
      enableSession: {
        actions: [
          { chainId, actions: [action(increment)] },
          { chainId, actions: [action(decrement), ...tooMany] },
        ],
        batchActions: false,
      },
      feeToken: feeToken(),
      simulation: { simulate: false },
    });
    await expect(preparing).rejects.toMatchObject({ code: -32000, data: { reason: 'REVERTED' } });
    const [grant] = await scene.dapp(origin, 'latchkey_getPermissions');
    expect(grant?.state).toBe('enabled');
    expect(new Set(grant?.permissions[0]?.actions.map(({ state }) => state))).toEqual(
      new Set(['enabled', 'notEnabled']),
    );
    expect(await scene.use('there')).toMatchObject({ grantId: grant?.grantId });
    const sent = scene.submissions();
    await expect(scene.use('missing', decrement)).rejects.toMatchObject({
      code: 4100,
      data: { reason: 'ACTION_NOT_ENABLED', action: expect.stringContaining('again') },
    });
    expect(scene.submissions()).toBe(sent);

    const [shown] = await scene.popup('listGrants');
    const states = shown?.permissions[0]?.actions.map(({ selector, state }) => [selector, state]);
    expect(states).toContainEqual([increment, 'enabled']);
    expect(states).toContainEqual([decrement, 'notEnabled']);
    const { review, result } = await scene.prepare({
      requestId: 'finish',
      enableSession: { actions: [{ chainId, actions: [action(increment), action(decrement)] }] },
      feeToken: feeToken(),
    });
    expect(review.changes?.items.map(({ text }) => text)).toContain(
      'A part of the earlier permission is not enabled.',
    );
    expect(await scene.use('finished', decrement)).toMatchObject({ grantId: result.grantId });
  });

  it('lives in another deployment of the module, of the same code, wherever it is used', async () => {
    const { otherSmartSession, chainId } = scene.home;
    const [params] = scene.prepareParams('other');
    const { result } = await scene.prepare({ ...params, smartSessionValidatorAddress: otherSmartSession });
    const [permission] = result.permissions;
    expect(await scene.dapp(origin, 'latchkey_isPermissionEnabled', [permission])).toBe(true);
    const count = await countOn(scene.home);
    await scene.use('there');
    expect(await countOn(scene.home)).toBe(count + 1n);
    const usage = await scene.dapp(origin, 'latchkey_getUsage', [{ grantId: result.grantId }]);
    expect(usage.permissions[0]?.limits[0]).toMatchObject({
      policy: 'usageLimit',
      used: '0x1',
      limit: '0x3',
    });
    const foreign = scene.dapp(origin, 'latchkey_prepare', [
      { ...params, requestId: 'foreign', smartSessionValidatorAddress: scene.home.counter },
    ]);
    await expect(foreign).rejects.toMatchObject({
      code: -32602,
      data: { reason: 'SESSION_MODULE_UNKNOWN', details: { chainId } },
    });
  });

  it('that covers a request is given back without asking, one that does not is compared', async () => {
    const first = await scene.grant('first', [scene.home], 3n);
    const covered = await scene.dapp(
      origin,
      'latchkey_prepare',
      scene.prepareParams('less', [scene.home], 2n),
    );
    expect(covered).toMatchObject({ grantId: first.grantId, outcome: 'alreadyGranted', transactions: [] });
    const { review } = await scene.prepare(scene.prepareParams('more', [scene.home], 4n)[0] ?? {});
    expect(review.changes).toMatchObject({
      grantId: first.grantId,
      items: [{ kind: 'wider', target: scene.home.counter }],
    });
  });

  it('pays its fees on a chain that is not among those that it acts on', async () => {
    const { review } = await scene.prepare({
      ...scene.prepareParams('away', [scene.other])[0],
      requestId: 'away',
    });
    expect(review.permissions.map(({ chainId }) => chainId)).toEqual([
      scene.other.chainId,
      scene.home.chainId,
    ]);
    const count = await countOn(scene.other);
    await scene.dapp(origin, 'latchkey_use', [
      {
        requestId: 'there',
        instructions: [
          { chainId: scene.other.chainId, calls: [{ to: scene.other.counter, data: increment }] },
        ],
      },
    ]);
    expect(await countOn(scene.other)).toBe(count + 1n);
  });
});
