import 'fake-indexeddb/auto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Devnet, devnetOptionsFromEnvironment, startDevnet } from '../../devnet/devnet';
import { meeVersions, unprovenVersions } from '../protocol/constants/versions';
import { codeOn, countOn, createScene, increment, origin, type Scene, setCodeOn } from './testing/scene';

let devnet: Devnet;
let scene: Scene;

beforeAll(async () => {
  devnet = await startDevnet(devnetOptionsFromEnvironment());
});

afterAll(() => devnet?.stop());

beforeEach(async () => {
  scene = await createScene(devnet);
  const { chainId, permitToken } = scene.home;
  await devnet.fund({ chainId, to: scene.owner, token: permitToken, amount: 100_000_000n });
});

afterEach(() => {
  devnet.setFault(undefined);
  scene.stop();
  expect(scene.defects).toEqual([]);
});

const designator = (address: string) => `0xef0100${address.slice(2).toLowerCase()}` as const;
const implementation = meeVersions['2.1.0'].implementationAddress;
const delegating = (requestId: string) => ({ ...scene.prepareParams(requestId)[0], delegate: true });

describe("the owner's own address as account", () => {
  it('is delegated by an authorization of the companion, proven, and used without another', async () => {
    const { review, result } = await scene.prepare(delegating('first'));
    expect(review.account).toBe(scene.owner);
    expect(review.delegations).toEqual([
      {
        chainId: scene.home.chainId,
        chainName: scene.home.name,
        owner: scene.owner,
        implementation,
        everyChain: false,
      },
    ]);
    expect(review.chains[0]?.steps[0]).toBe('delegateAccount');
    expect(review.dangers.map(({ code }) => code)).toContain('ACCOUNT_DELEGATION');
    expect(result.account).toBe(scene.owner);
    expect(await codeOn(scene.home, scene.owner)).toBe(designator(implementation));

    const count = await countOn(scene.home);
    const use = (requestId: string, delegate: boolean) =>
      scene.dapp(origin, 'latchkey_use', [
        {
          requestId,
          delegate,
          instructions: [
            { chainId: scene.home.chainId, calls: [{ to: scene.home.counter, data: increment }] },
          ],
        },
      ]);
    await use('by-name', true);
    await use('by-scope', false);
    expect(await countOn(scene.home)).toBe(count + 2n);

    const wider = { ...scene.prepareParams('second', [scene.home], 9n)[0], delegate: true };
    const second = await scene.prepare(wider);
    expect(second.review.delegations).toEqual([]);
  });

  it('that another wallet holds is replaced only after a yes to that', async () => {
    const foreign = '0x63c0c19a282a1B52b07dD5a65b58948A07DAE32B';
    await setCodeOn(scene.home, scene.owner, designator(foreign));
    const answer = scene.dapp(origin, 'latchkey_prepare', [delegating('foreign')]);
    const review = await scene.nextPrepareReview();
    expect(review.delegations).toMatchObject([{ current: foreign, implementation }]);
    const decision = { reviewId: review.id, digest: review.digest, acknowledged: ['NO_EXPIRY'] };
    await expect(scene.popup('approve', decision)).rejects.toMatchObject({
      data: { reason: 'NOT_ACKNOWLEDGED', details: { codes: ['FOREIGN_DELEGATION'] } },
    });
    await scene.approve(review);
    expect(await answer).toMatchObject({ account: scene.owner, outcome: 'executed' });
    expect(await codeOn(scene.home, scene.owner)).toBe(designator(implementation));
  });

  it('that is a contract, or of a version that nothing proves, is refused with a sentence', async () => {
    const asking = (requestId: string) => scene.dapp(origin, 'latchkey_prepare', [delegating(requestId)]);
    await setCodeOn(scene.home, scene.owner, '0x6001600155');
    await expect(asking('contract')).rejects.toMatchObject({ data: { reason: 'OWNER_IS_CONTRACT' } });
    for (const { config, refusal } of Object.values(unprovenVersions)) {
      await setCodeOn(scene.home, scene.owner, designator(config.implementationAddress));
      await expect(asking(config.version)).rejects.toMatchObject({
        code: -32000,
        message: refusal,
        data: { reason: 'ACCOUNT_VERSION_UNSUPPORTED' },
      });
    }
  });

  it('needs no funds of itself', async () => {
    const { chainId, permitToken } = scene.home;
    const trigger = { tokenAddress: permitToken, chainId, amount: '1' };
    const asking = scene.dapp(origin, 'latchkey_prepare', [{ ...delegating('odd'), trigger }]);
    await expect(asking).rejects.toMatchObject({
      code: -32602,
      data: { reason: 'TRIGGER_WITH_DELEGATE' },
    });
  });
});
