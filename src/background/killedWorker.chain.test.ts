import 'fake-indexeddb/auto';

import { describe, expect, it } from 'vitest';
import { type Devnet, devnetOptionsFromEnvironment, startDevnet } from '../../devnet/devnet';
import { holdNext } from '../../devnet/holdNext';
import { dropAnswer } from '../../devnet/mee/server';
import { password } from './testing/harness';
import { countOn, isEnabledOn, origin, type Scene } from './testing/scene';
import { useScene } from './testing/useScene';

let devnet: Devnet;
let scene: Scene;

useScene(
  () => startDevnet(devnetOptionsFromEnvironment()),
  (current) => {
    ({ network: devnet, scene } = current);
  },
);

describe('a killed worker', () => {
  it('between approval and quote: enabled once', async () => {
    const before = scene.executed();
    void scene.dapp(origin, 'latchkey_prepare', scene.prepareParams('p'));
    const review = await scene.nextReview();
    const { reached, release } = holdNext(devnet, 'quote');
    await scene.approve(review);
    await reached;
    await scene.restart();
    release();
    const { account, permissions } = await scene.dapp(origin, 'latchkey_prepare', scene.prepareParams('p'));
    expect(await isEnabledOn(scene.home, permissions[0]?.permissionId ?? '0x', account)).toBe(true);
    expect(scene.executed()).toBe(before + 1);
  });

  it('between exec and its answer: executed once', async () => {
    await scene.grant();
    const count = await countOn(scene.home);
    const before = scene.executed();
    const { reached, release } = holdNext(devnet, 'exec');
    void scene.use('u');
    await reached;
    await scene.restart();
    release();
    expect(await scene.use('u')).toHaveProperty('hash');
    expect(await countOn(scene.home)).toBe(count + 1n);
    expect(scene.executed()).toBe(before + 1);
  });

  it('while the node executes: the answer still comes', async () => {
    await scene.grant();
    const count = await countOn(scene.home);
    const { reached, release } = holdNext(devnet, 'explorer');
    void scene.use('u');
    await reached;
    await scene.restart();
    release();
    expect(await scene.use('u')).toHaveProperty('hash');
    expect(await countOn(scene.home)).toBe(count + 1n);
  });

  it('is not needed for a lost answer: what the node took is not sent again', async () => {
    await scene.grant();
    const count = await countOn(scene.home);
    const sent = scene.submissions();
    let dropped = false;
    devnet.setFault((kind, body) => {
      if (kind !== 'exec' || dropped) return body;
      dropped = true;
      return dropAnswer;
    });
    expect(await scene.use('u')).toHaveProperty('hash');
    expect(await countOn(scene.home)).toBe(count + 1n);
    expect(scene.submissions()).toBe(sent + 1);
  });

  it('while a review is open: the decision still counts', async () => {
    void scene.dapp(origin, 'latchkey_prepare', scene.prepareParams('p'));
    const { digest } = await scene.nextReview();
    await scene.restart();
    const again = await scene.nextReview();
    expect(again.digest).toBe(digest);
    const preparing = scene.dapp(origin, 'latchkey_prepare', scene.prepareParams('p'));
    await scene.approve(again);
    expect(await preparing).toHaveProperty('grantId');
  });

  it('while a review is open and then closed: the page is told, and nothing is shown again', async () => {
    void scene.dapp(origin, 'latchkey_prepare', scene.prepareParams('closed'));
    await scene.nextReview();
    const shown = scene.pages.routes.length;
    scene.pages.open.clear();
    await scene.restart();
    await expect(scene.dapp(origin, 'latchkey_prepare', scene.prepareParams('closed'))).rejects.toMatchObject(
      { code: 4001, data: { reason: 'REVIEW_CLOSED' } },
    );
    expect(scene.pages.routes).toHaveLength(shown);
  });

  const restartBrowser = async () => {
    scene.memory.values.clear();
    scene.pages.open.clear();
    await scene.restart();
  };

  /** Waits until a request that a page made is in a state. */
  const inState = async (requestId: string, state: string): Promise<void> => {
    for (;;) {
      const wait = scene.changed();
      const found = await scene.dapp(origin, 'latchkey_getRequest', [{ requestId }]);
      if (found.state === state) return;
      await wait;
    }
  };

  it('after a restart of the browser what was signed and not sent is not sent, and fails', async () => {
    await scene.grant();
    const count = await countOn(scene.home);
    const sent = scene.submissions();
    const { nodeUrl, networks } = await scene.popup('getSettings');
    const { reached, release } = holdNext(devnet, 'quote');
    void scene.use('u');
    await reached;
    await scene.popup('saveSettings', { nodeUrl: 'http://127.0.0.1:1', networks });
    release();
    await inState('u', 'signed');
    await restartBrowser();
    const answer = scene.use('u');
    await scene.popup('unlock', { password });
    await scene.popup('saveSettings', { nodeUrl, networks });
    await expect(answer).rejects.toMatchObject({ code: -32000, data: { reason: 'INTERRUPTED' } });
    await inState('u', 'failed');
    expect(await countOn(scene.home)).toBe(count);
    expect(scene.submissions()).toBe(sent);
    expect(await scene.use('next')).toHaveProperty('hash');
  });

  it('after a restart of the browser what the node has is followed to its end', async () => {
    await scene.grant();
    const count = await countOn(scene.home);
    const { reached, release } = holdNext(devnet, 'exec');
    void scene.use('u');
    await reached;
    await restartBrowser();
    release();
    expect(await scene.use('u')).toHaveProperty('hash');
    expect(await countOn(scene.home)).toBe(count + 1n);
    await expect(scene.use('locked')).rejects.toMatchObject({ code: 4100, data: { reason: 'LOCKED' } });
  });

  it('and a restarted browser change nothing about what is over', async () => {
    const ask = (name: string, limit: bigint) =>
      scene.dapp(origin, 'latchkey_prepare', scene.prepareParams(name, [scene.home], limit));
    const rejected = ask('rejected', 3n);
    const { id, digest } = await scene.nextReview();
    await scene.popup('reject', { reviewId: id, digest });
    await expect(rejected).rejects.toMatchObject({ code: 4001 });
    devnet.setFault((kind, body) => (kind === 'quote' ? { nothing: true } : body));
    await expect(ask('failed', 4n)).rejects.toMatchObject({ data: { reason: 'NODE_MALFORMED' } });
    devnet.setFault(undefined);
    const sent = devnet.requests.length;
    for (const restart of [scene.restart, restartBrowser]) {
      await restart();
      await expect(ask('rejected', 3n)).rejects.toMatchObject({ data: { reason: 'USER_REJECTED' } });
      await expect(ask('failed', 4n)).rejects.toMatchObject({ data: { reason: 'NODE_MALFORMED' } });
    }
    expect(scene.pages.open.size).toBe(0);
    expect(devnet.requests).toHaveLength(sent);
  });

  it('after a restart of the browser nothing pending comes back, and grants stay', async () => {
    await scene.grant();
    void scene.dapp(origin, 'latchkey_prepare', scene.prepareParams('pending', [scene.home], 4n));
    await scene.nextReview();
    const shown = scene.pages.routes.length;
    await restartBrowser();
    await expect(
      scene.dapp(origin, 'latchkey_prepare', scene.prepareParams('pending', [scene.home], 4n)),
    ).rejects.toMatchObject({
      code: 4001,
      data: { reason: 'BROWSER_RESTARTED' },
    });
    expect(scene.pages.routes).toHaveLength(shown);
    await scene.popup('unlock', { password });
    expect(await scene.use('after')).toHaveProperty('hash');
  });
});
