import 'fake-indexeddb/auto';

import { describe, expect, it } from 'vitest';
import { type Devnet, devnetOptionsFromEnvironment, startDevnet } from '../../devnet/devnet';
import { password } from './testing/harness';
import { countOn, decisionOn, isEnabledOn, origin, type Scene } from './testing/scene';
import { useScene } from './testing/useScene';

let devnet: Devnet;
let scene: Scene;

useScene(
  () => startDevnet(devnetOptionsFromEnvironment()),
  (current) => {
    ({ network: devnet, scene } = current);
  },
);

const otherSite = 'https://other.example';

/** The review that waits beside a first one. */
const reviewBeside = async (first: { id: string }) => {
  const reviews = async () => (await scene.popup('getState')).reviews;
  while ((await reviews()).length < 2) await scene.changed();
  const second = (await reviews()).find(({ id }) => id !== first.id);
  const shown = await scene.popup('getReview', { reviewId: second?.id ?? '' });
  if (!shown) throw new TypeError('The second review is gone.');
  return shown;
};

describe('a second decision', () => {
  it('changes nothing, at once or after the worker was stopped: one signature, one execution', async () => {
    const before = scene.submissions();
    const answer = scene.dapp(origin, 'latchkey_prepare', scene.prepareParams('p'));
    const decision = decisionOn(await scene.nextReview());
    const { reviewId, digest } = decision;
    await Promise.all([
      scene.popup('approve', decision),
      scene.popup('approve', decision),
      scene.popup('reject', { reviewId, digest }),
    ]);
    await scene.popup('approve', decision);
    const result = await answer;
    await scene.restart();
    for (const method of ['approve', 'reject'] as const) {
      const shown = await scene.popup(method, method === 'approve' ? decision : { reviewId, digest });
      expect(shown.state).toBe('confirmed');
    }
    expect(await scene.dapp(origin, 'latchkey_prepare', scene.prepareParams('p'))).toEqual(result);
    expect(scene.submissions()).toBe(before + 1);
  });

  it('after a rejection executes nothing', async () => {
    const before = scene.submissions();
    const answer = scene.dapp(origin, 'latchkey_prepare', scene.prepareParams('p'));
    const decision = decisionOn(await scene.nextReview());
    const { reviewId, digest } = decision;
    await Promise.all([
      scene.popup('reject', { reviewId, digest }),
      scene.popup('approve', decision),
      expect(answer).rejects.toMatchObject({ code: 4001, data: { reason: 'USER_REJECTED' } }),
    ]);
    expect((await scene.popup('approve', decision)).state).toBe('rejected');
    expect(scene.submissions()).toBe(before);
  });
});

describe('a lock', () => {
  it('rejects what waits, and the next review shows its own request', async () => {
    const first = scene.dapp(origin, 'latchkey_prepare', scene.prepareParams('first'));
    const old = await scene.nextReview();
    await scene.popup('lock');
    await expect(first).rejects.toMatchObject({ code: 4001, data: { reason: 'LOCKED' } });
    await scene.popup('unlock', { password });
    const second = scene.dapp(origin, 'latchkey_prepare', scene.prepareParams('second', [scene.home], 7n));
    const shown = await scene.nextPrepareReview();
    expect(shown.id).not.toBe(old.id);
    await scene.approve(shown);
    expect(await second).toMatchObject({ requestId: 'second' });
  });

  it('stops a use before anything is signed or sent', async () => {
    await scene.grant();
    await scene.popup('lock');
    const [count, sent] = [await countOn(scene.home), devnet.requests.length];
    await expect(scene.use('u')).rejects.toMatchObject({ code: 4100, data: { reason: 'LOCKED' } });
    expect(await countOn(scene.home)).toBe(count);
    expect(devnet.requests).toHaveLength(sent);
  });
});

describe('chains of requests side by side', () => {
  it('stay those that were asked for, whatever is approved first', async () => {
    await scene.grant('account', [scene.home, scene.other]);
    const here = scene.dapp(origin, 'latchkey_prepare', scene.prepareParams('here', [scene.home], 5n));
    const first = await scene.nextPrepareReview();
    const there = scene.dapp(otherSite, 'latchkey_prepare', scene.prepareParams('there', [scene.other]));
    await scene.approve(await reviewBeside(first));
    const onOther = await there;
    await scene.approve(first);
    const onHome = await here;
    for (const [chain, result] of [[scene.home, onHome] as const, [scene.other, onOther] as const]) {
      const [permission] = result.permissions;
      expect(permission?.chainId).toBe(chain.chainId);
      expect(await isEnabledOn(chain, permission?.permissionId ?? '0x', result.account)).toBe(true);
    }
  });

  it('end the request when they are no longer configured, and never move it', async () => {
    const answer = scene.dapp(origin, 'latchkey_prepare', scene.prepareParams('gone', [scene.other]));
    const review = await scene.nextReview();
    const sent = scene.submissions();
    const settings = await scene.popup('getSettings');
    const networks = settings.networks.filter(({ chainId }) => chainId !== scene.other.chainId);
    await scene.popup('saveSettings', { ...settings, networks });
    await scene.approve(review);
    await expect(answer).rejects.toMatchObject({ code: 5710, data: { reason: 'UNSUPPORTED_CHAIN' } });
    expect(scene.submissions()).toBe(sent);
  });
});

describe('an account that another approval changes meanwhile', () => {
  it('makes the older review end without a signature, and asking again works', async () => {
    const asked = (site: string, requestId: string) =>
      scene.dapp(site, 'latchkey_prepare', scene.prepareParams(requestId));
    const first = asked(origin, 'first');
    const one = await scene.nextReview();
    const second = asked(otherSite, 'second');
    const two = await reviewBeside(one);
    await scene.approve(one);
    await first;
    const before = scene.submissions();
    await scene.approve(two);
    await expect(second).rejects.toMatchObject({
      code: -32000,
      data: { reason: 'ACCOUNT_CHANGED', details: { chainIds: [scene.home.chainId] } },
    });
    expect(scene.submissions()).toBe(before);
    const again = asked(otherSite, 'again');
    await scene.approve(await scene.nextReview());
    expect(await again).toHaveProperty('hash');
  });
});
