import 'fake-indexeddb/auto';
import { slice } from 'viem';
import { describe, expect, it } from 'vitest';
import { type Devnet, startDevnet } from '../../devnet/devnet';
import { accountInitCode } from '../protocol/account/init';
import { countOn, increment, origin, type Scene, sendAs, setCodeOn } from './testing/scene';
import { useScene } from './testing/useScene';

let devnet: Devnet;
let scene: Scene;

/** Always chains of its own: no chain that is there before is known to hold every version. */
useScene(startDevnet, (current) => {
  ({ network: devnet, scene } = current);
});

const somebody = '0x00000000000000000000000000000000000000c1';

/** Has the factory of a version make the owner's account, as another wallet would have. */
const deploy = async (version: '2.0.0' | '2.2.1') => {
  const initCode = accountInitCode({ owner: scene.owner, version });
  await sendAs(scene.home, somebody, slice(initCode, 0, 20), slice(initCode, 20));
};

const payFor = (to: `0x${string}`) =>
  devnet.fund({ chainId: scene.home.chainId, to, token: scene.home.permitToken, amount: 100_000_000n });

describe('an account that is there already', () => {
  it.each(['2.0.0', '2.2.1'] as const)('of version %s is found, granted from and used', async (version) => {
    await deploy(version);
    const { account } = await scene.popup('getState');
    if (account === undefined) throw new TypeError('The account is not known.');
    expect(account).not.toBe(scene.account);
    await payFor(account);
    const { review, result } = await scene.prepare(scene.prepareParams('old')[0] ?? {});
    expect(review.account).toBe(account);
    expect(review.chains[0]?.steps).toEqual(['installSmartSessions', 'enablePermission']);
    expect(result.account).toBe(account);
    const count = await countOn(scene.home);
    const { chainId, counter } = scene.home;
    const call = { to: counter, data: increment };
    await scene.dapp(origin, 'latchkey_use', [
      { requestId: 'u', instructions: [{ chainId, calls: [call, call] }] },
    ]);
    expect(await countOn(scene.home)).toBe(count + 2n);
    const { grantId = '' } = result;
    void scene.dapp(origin, 'latchkey_revoke', [{ requestId: 'r', grantId }]);
    const revoke = await scene.nextReview();
    await scene.approve(revoke);
    await scene.inState(revoke.id, 'confirmed');
  });

  it('of a version that nobody knows is refused with a sentence', async () => {
    await setCodeOn(scene.home, scene.account, '0x6001600155');
    await expect(
      scene.dapp(origin, 'latchkey_prepare', scene.prepareParams('unknown')),
    ).rejects.toMatchObject({ code: -32000, data: { reason: 'ACCOUNT_VERSION_UNSUPPORTED' } });
  });
});
