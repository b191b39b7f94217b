import 'fake-indexeddb/auto';

import { describe, expect, it } from 'vitest';
import { type Devnet, devnetOptionsFromEnvironment, startDevnet } from '../../devnet/devnet';
import { countOn, decrement, isEnabledOn, origin, type Scene, useParams } from './testing/scene';
import { useScene } from './testing/useScene';

let devnet: Devnet;
let scene: Scene;

useScene(
  () => startDevnet(devnetOptionsFromEnvironment()),
  (current) => {
    ({ network: devnet, scene } = current);
  },
);

describe('the main job', () => {
  it('connects, grants, uses three times, refuses the rest', async () => {
    expect(await scene.dapp(origin, 'eth_accounts')).toEqual([]);
    const connecting = scene.dapp(origin, 'eth_requestAccounts');
    const connect = await scene.approveNext();
    expect(await connecting).toEqual([connect.account]);
    expect(scene.accounts).toEqual([{ origin, accounts: [connect.account] }]);

    const preparing = scene.dapp(origin, 'latchkey_prepare', scene.prepareParams('p1'));
    const review = await scene.nextPrepareReview();
    expect(review.permissions[0]?.steps).toEqual([
      'deployAccount',
      'installSmartSessions',
      'enablePermission',
    ]);
    expect(review.permissions[0]?.actions[0]).toMatchObject({
      target: scene.home.counter,
      signature: { text: 'incrementCount()', source: 'dapp' },
      policies: [{ type: 'usageLimit', limit: 3n }],
      feeBudget: false,
    });
    expect(review.permissions[0]?.actions[1]).toMatchObject({
      target: scene.home.permitToken,
      feeBudget: true,
    });
    expect(review.feeBudget).toMatchObject({ amount: 5_000_000n, decimals: 6 });
    expect(review.fee?.max.amount).toBeGreaterThanOrEqual(review.fee?.estimate.amount ?? 0n);
    await scene.approve(review);
    const prepared = await preparing;
    expect(prepared.account).toBe(connect.account);
    for (const { permissionId } of prepared.permissions) {
      expect(await isEnabledOn(scene.home, permissionId, prepared.account)).toBe(true);
    }

    const before = await countOn(scene.home);
    for (const round of [1n, 2n, 3n]) {
      const sent = devnet.requests.length;
      const used = await scene.use(`u${round}`);
      expect(used.grantId).toBe(prepared.grantId);
      expect(await countOn(scene.home)).toBe(before + round);
      const rounds = devnet.requests.slice(sent).map(({ path }) => path.replace(/^\/v1/, '').split('/')[1]);
      expect(rounds.filter((path) => path !== 'explorer')).toEqual(['quote', 'exec']);
    }

    const sent = devnet.requests.length;
    await expect(scene.use('u4')).rejects.toMatchObject({
      code: 4100,
      data: { reason: 'USAGE_LIMIT_EXCEEDED', details: { remaining: '0' } },
    });
    await expect(scene.use('u5', decrement)).rejects.toMatchObject({
      code: 4100,
      data: { reason: 'ACTION_NOT_GRANTED' },
    });
    expect(devnet.requests).toHaveLength(sent);
    expect(await countOn(scene.home)).toBe(before + 3n);
    const [view] = await scene.popup('listGrants');
    expect(view).toMatchObject({ state: 'enabled', usage: [{ used: [3n, 0n] }] });
  });

  it('covers two chains by one approval, one operation each', async () => {
    const prepared = await scene.grant('two', [scene.home, scene.other]);
    expect(prepared.permissions.map(({ chainId }) => chainId)).toEqual([
      scene.home.chainId,
      scene.other.chainId,
    ]);
    const counts = await Promise.all([countOn(scene.home), countOn(scene.other)]);
    await scene.dapp(origin, 'latchkey_use', useParams('both', [scene.home, scene.other]));
    expect(await Promise.all([countOn(scene.home), countOn(scene.other)])).toEqual(
      counts.map((count) => count + 1n),
    );
  });

  it('attaches to a request of the same name and never runs it twice', async () => {
    await scene.grant();
    const before = await countOn(scene.home);
    const [first, second] = await Promise.all([scene.use('same'), scene.use('same')]);
    expect(second).toEqual(first);
    expect(await scene.use('same')).toEqual(first);
    expect(await countOn(scene.home)).toBe(before + 1n);
    await expect(scene.use('same', decrement)).rejects.toMatchObject({
      code: -32602,
      data: { reason: 'REQUEST_ID_TAKEN' },
    });
  });

  it('passes a counter once when requests race', async () => {
    await scene.grant('race', [scene.home], 1n);
    const before = await countOn(scene.home);
    const ended = await Promise.allSettled(['a', 'b', 'c'].map((name) => scene.use(name)));
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await countOn(scene.home)).toBe(before + 1n);
  });
});
