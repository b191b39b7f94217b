import 'fake-indexeddb/auto';
import type { Hex } from 'viem';
import { describe, expect, it } from 'vitest';
import { devnetOptionsFromEnvironment, startDevnet } from '../../devnet/devnet';
import { password } from './testing/harness';
import { origin, type Scene, useParams } from './testing/scene';
import { useScene } from './testing/useScene';

let scene: Scene;

useScene(
  () => startDevnet(devnetOptionsFromEnvironment()),
  (current) => {
    ({ scene } = current);
  },
);

describe('refusals', () => {
  it('a rejected review ends with 4001, destroys the key and signs nothing', async () => {
    const sent = scene.submissions();
    const preparing = scene.dapp(origin, 'latchkey_prepare', scene.prepareParams('no'));
    const review = await scene.nextReview();
    await scene.popup('reject', { reviewId: review.id, digest: review.digest });
    await expect(preparing).rejects.toMatchObject({ code: 4001, data: { reason: 'USER_REJECTED' } });
    expect(scene.submissions()).toBe(sent);
    expect(await scene.dapp(origin, 'latchkey_getPermissions')).toEqual([]);
    expect(await scene.dapp(origin, 'eth_accounts')).toEqual([]);
    await expect(scene.dapp(origin, 'latchkey_prepare', scene.prepareParams('no'))).rejects.toMatchObject({
      code: 4001,
    });
  });

  it('a closed window rejects what it showed and shows the next', async () => {
    const first = scene.dapp(origin, 'latchkey_prepare', scene.prepareParams('one'));
    await scene.nextReview();
    const second = scene.dapp('https://other.example', 'eth_requestAccounts');
    await scene.changed();
    await scene.closeReview();
    await expect(first).rejects.toMatchObject({ code: 4001, data: { reason: 'REVIEW_CLOSED' } });
    const review = await scene.nextReview();
    expect(review).toMatchObject({ kind: 'connect', origin: 'https://other.example' });
    expect(scene.pages.open.size).toBe(1);
    await scene.approve(review);
    expect(await second).toEqual([review.account]);
  });

  it('a decision on another digest changes nothing, and the first decision wins', async () => {
    const connecting = scene.dapp(origin, 'eth_requestAccounts');
    const { id: reviewId, digest } = await scene.nextReview();
    const other: Hex = `0x${'11'.repeat(32)}`;
    await expect(scene.popup('approve', { reviewId, digest: other })).rejects.toMatchObject({
      code: -32602,
      data: { reason: 'REVIEW_CHANGED' },
    });
    await Promise.all([
      scene.popup('approve', { reviewId, digest }),
      scene.popup('reject', { reviewId, digest }),
    ]);
    expect(await connecting).toHaveLength(1);
    expect(await scene.popup('getReview', { reviewId })).toBeUndefined();
  });

  it('a lock rejects what waits, and USE while locked says how to go on', async () => {
    await scene.grant();
    const preparing = scene.dapp(
      origin,
      'latchkey_prepare',
      scene.prepareParams('waiting', [scene.home], 4n),
    );
    await scene.nextReview();
    await scene.popup('lock');
    await expect(preparing).rejects.toMatchObject({ code: 4001, data: { reason: 'LOCKED' } });
    await expect(scene.use('locked')).rejects.toMatchObject({
      code: 4100,
      data: { reason: 'LOCKED' },
    });
    expect(await scene.popup('getState')).toEqual({
      ...{ vault: 'locked', reviews: [], waiting: 0 },
      mark: expect.any(String),
    });
    await expect(scene.popup('listGrants')).rejects.toMatchObject({ code: 4100 });
    await scene.popup('unlock', { password });
    expect(await scene.use('locked')).toHaveProperty('hash');
  });

  it('a request while locked waits for the unlock, then is planned and shown', async () => {
    await scene.popup('lock');
    const preparing = scene.dapp(origin, 'latchkey_prepare', scene.prepareParams('early'));
    await scene.changed();
    expect(await scene.popup('getState')).toEqual({
      ...{ vault: 'locked', reviews: [], waiting: 1 },
      mark: expect.any(String),
    });
    await scene.popup('unlock', { password });
    await scene.approveNext();
    expect(await preparing).toHaveProperty('grantId');
    expect(scene.pages.routes).toHaveLength(1);
  });

  it('another origin is told the same of a foreign grant as of none', async () => {
    const { grantId, permissions } = await scene.grant();
    const stranger = 'https://stranger.example';
    const [params] = useParams('stolen', [scene.home]);
    const foreign = await scene
      .dapp(stranger, 'latchkey_use', [{ ...params, grantId }])
      .catch((error) => error);
    const none = await scene
      .dapp(stranger, 'latchkey_use', useParams('none', [scene.home]))
      .catch((error) => error);
    const unknown = await scene
      .dapp(stranger, 'latchkey_use', [{ ...params, requestId: 'u', grantId: 'nothing' }])
      .catch((error) => error);
    expect(foreign).toMatchObject({ code: 4100, data: { reason: 'UNKNOWN_GRANT' } });
    expect(none.toJSON()).toEqual(foreign.toJSON());
    expect(unknown.toJSON()).toEqual(foreign.toJSON());
    expect(await scene.dapp(stranger, 'latchkey_getPermissions')).toEqual([]);
    const [held] = permissions;
    await expect(scene.dapp(stranger, 'latchkey_isPermissionEnabled', [held])).rejects.toEqual(foreign);
    expect(await scene.dapp(origin, 'latchkey_isPermissionEnabled', [held])).toBe(true);
    await expect(scene.dapp(stranger, 'latchkey_getRequest', [{ requestId: 'grant' }])).rejects.toMatchObject(
      {
        data: { reason: 'UNKNOWN_REQUEST' },
      },
    );
  });

  it('an action on the account itself is refused before any review', async () => {
    const connecting = scene.dapp(origin, 'eth_requestAccounts');
    const { account } = await scene.approveNext();
    await connecting;
    const shown = scene.pages.routes.length;
    const self = scene.prepareParams('self', [{ ...scene.home, counter: account }]);
    await expect(scene.dapp(origin, 'latchkey_prepare', self)).rejects.toMatchObject({
      code: -32602,
      data: { reason: 'ESCALATION_TARGET' },
    });
    expect(scene.pages.routes).toHaveLength(shown);
  });
});
