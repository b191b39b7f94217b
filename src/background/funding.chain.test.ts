import 'fake-indexeddb/auto';
import { zeroAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import { type Devnet, devnetOptionsFromEnvironment, startDevnet } from '../../devnet/devnet';
import { type Received, startLocalServer } from './testing/localServer';
import { balanceOn, countOn, increment, origin, type Scene, useParams } from './testing/scene';
import { useScene } from './testing/useScene';

let devnet: Devnet;
let scene: Scene;

useScene(
  () => startDevnet(devnetOptionsFromEnvironment()),
  (current) => {
    ({ network: devnet, scene } = current);
  },
);

const million = 1_000_000n;
const feeToken = () => ({ address: scene.home.permitToken, chainId: scene.home.chainId });
const session = () => scene.prepareParams('x')[0]?.enableSession;
const ether = 10n ** 18n;

describe("the owner's funds", () => {
  it('come in by a permit, fee included, and are shown before', async () => {
    const { chainId, permitToken } = scene.home;
    await devnet.fund({ chainId, to: scene.owner, token: permitToken, amount: 10n * million });
    const before = await balanceOn(scene.home, scene.account, permitToken);
    const { review, result } = await scene.prepare({
      requestId: 'permit',
      enableSession: session(),
      feeToken: feeToken(),
      trigger: { tokenAddress: permitToken, chainId, amount: '2000000' },
    });
    expect(review.quoteType).toBe('permit');
    expect(review.trigger).toMatchObject({
      kind: 'permit',
      owner: scene.owner,
      spender: scene.account,
      recipient: scene.account,
      amount: { amount: 2n * million, decimals: 6 },
      most: { amount: 2n * million + (review.fee?.max.amount ?? 0n) },
    });
    expect(review.chains[0]?.steps).toEqual([
      'deployAccount',
      'pullFunds',
      'installSmartSessions',
      'enablePermission',
    ]);
    expect(review.instructions).toEqual([]);
    expect(await balanceOn(scene.home, scene.account, permitToken)).toBe(before + 2n * million);
    const left = await balanceOn(scene.home, scene.owner, permitToken);
    expect(left).toBeLessThan(8n * million);
    expect(left).toBeGreaterThanOrEqual(8n * million - (review.fee?.max.amount ?? 0n));
    expect(result.outcome).toBe('executed');
    expect(await scene.use('after')).toHaveProperty('hash');
  });

  it("come in by the owner's own transaction where the token knows no permit", async () => {
    const { chainId, plainToken } = scene.home;
    await devnet.fund({ chainId, to: scene.owner, token: plainToken, amount: 5n * million });
    await devnet.fund({ chainId, to: scene.owner, amount: ether });
    const { review } = await scene.prepare({
      requestId: 'approval',
      enableSession: session(),
      feeToken: feeToken(),
      trigger: { tokenAddress: plainToken, chainId, amount: '0x1e8480' },
    });
    expect(review).toMatchObject({ quoteType: 'onchain', trigger: { kind: 'approval' } });
    expect(await balanceOn(scene.home, scene.account, plainToken)).toBe(2n * million);
    expect(await balanceOn(scene.home, scene.owner, plainToken)).toBe(3n * million);
  });

  it('come in as native coin through the forwarder', async () => {
    const { chainId } = scene.home;
    await devnet.fund({ chainId, to: scene.owner, amount: ether });
    const { review } = await scene.prepare({
      requestId: 'native',
      enableSession: session(),
      feeToken: feeToken(),
      trigger: { tokenAddress: zeroAddress, chainId, amount: '1000' },
    });
    expect(review).toMatchObject({
      quoteType: 'onchain',
      trigger: { kind: 'native', most: { amount: 1000n } },
    });
    expect(await balanceOn(scene.home, scene.account)).toBe(1000n);
  });

  it('are not asked for when they are not there', async () => {
    const { chainId, permitToken } = scene.home;
    const asking = scene.dapp(origin, 'latchkey_prepare', [
      {
        requestId: 'poor',
        feeToken: feeToken(),
        trigger: { tokenAddress: permitToken, chainId, amount: '1' },
      },
    ]);
    await expect(asking).rejects.toMatchObject({ code: -32000, data: { reason: 'TRIGGER_BALANCE' } });
  });

  it('are taken once when the worker dies between the signature and the chain', async () => {
    const { chainId, plainToken } = scene.home;
    await devnet.fund({ chainId, to: scene.owner, token: plainToken, amount: 5n * million });
    await devnet.fund({ chainId, to: scene.owner, amount: ether });
    const params = [
      {
        requestId: 'killed',
        enableSession: session(),
        feeToken: feeToken(),
        trigger: { tokenAddress: plainToken, chainId, amount: '2000000' },
      },
    ];
    const before = scene.executed();
    void scene.dapp(origin, 'latchkey_prepare', params);
    const review = await scene.nextPrepareReview();
    await scene.approve(review);
    await scene.inState(review.id, 'signed');
    await scene.restart();
    expect(await scene.dapp(origin, 'latchkey_prepare', params)).toMatchObject({ outcome: 'executed' });
    expect(await balanceOn(scene.home, scene.owner, plainToken)).toBe(3n * million);
    expect(scene.executed()).toBe(before + 1);
  });
});

describe('sponsorship', () => {
  it('by the node takes no fee and leaves no budget behind', async () => {
    const before = await balanceOn(scene.home, scene.account, scene.home.permitToken);
    const { review, result } = await scene.prepare({
      requestId: 'sponsored',
      enableSession: session(),
      sponsorship: true,
    });
    expect(review.fee).toBeUndefined();
    expect(review.feeBudget).toBeUndefined();
    expect(review.sponsor).toEqual({ kind: 'node' });
    expect(review.permissions[0]?.actions).toHaveLength(1);
    const use = (requestId: string, change = {}) =>
      scene.dapp(origin, 'latchkey_use', [
        {
          requestId,
          instructions: [
            { chainId: scene.home.chainId, calls: [{ to: scene.home.counter, data: increment }] },
          ],
          ...change,
        },
      ]);
    await expect(use('paid')).rejects.toMatchObject({
      code: -32602,
      data: { reason: 'FEE_TOKEN_NOT_GRANTED' },
    });
    const count = await countOn(scene.home);
    expect(await use('free', { sponsorship: true })).toMatchObject({ grantId: result.grantId });
    expect(await countOn(scene.home)).toBe(count + 1n);
    expect(await balanceOn(scene.home, scene.account, scene.home.permitToken)).toBe(before);
  });

  it("by a gas tank of the dapp's is shown with its address", async () => {
    const sponsorshipOptions = {
      url: devnet.nodeUrl,
      gasTank: { ...devnet.gasTank, token: scene.home.permitToken },
    };
    const { review } = await scene.prepare({
      requestId: 'tank',
      enableSession: session(),
      sponsorship: true,
      sponsorshipOptions,
    });
    expect(review.sponsor).toEqual({ kind: 'own', ...sponsorshipOptions });
    expect(review.dangers.map(({ code }) => code)).toContain('OWN_SPONSOR');
  });

  it('by a service of the site is asked for uses only at the address that was approved', async () => {
    const forward = async ({ method, path, body }: Received) => {
      const answer = await fetch(`${devnet.nodeUrl}${path}`, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body === '' ? {} : { body }),
      });
      return { status: answer.status, body: await answer.text() };
    };
    const approved = await startLocalServer(forward);
    const other = await startLocalServer(forward);
    const by = ({ url }: { url: string }) => ({
      sponsorship: true,
      sponsorshipOptions: { url, gasTank: { ...devnet.gasTank, token: scene.home.permitToken } },
    });
    const use = (requestId: string, server: { url: string }) => {
      const [params] = useParams(requestId, [scene.home]);
      return scene.dapp(origin, 'latchkey_use', [{ ...params, ...by(server) }]);
    };
    try {
      const { result } = await scene.prepare({
        requestId: 'own',
        enableSession: session(),
        ...by(approved),
      });
      const sent = scene.submissions();
      await expect(use('elsewhere', other)).rejects.toMatchObject({
        code: 4100,
        data: { reason: 'SPONSOR_NOT_GRANTED', details: { granted: approved.url } },
      });
      expect(scene.submissions()).toBe(sent);
      expect(await use('there', approved)).toMatchObject({ grantId: result.grantId });
      const again = {
        requestId: 'again',
        enableSession: scene.prepareParams('x', [scene.home], 1n)[0]?.enableSession,
      };
      const covered = await scene.dapp(origin, 'latchkey_prepare', [{ ...again, ...by(approved) }]);
      expect(covered.outcome).toBe('alreadyGranted');
      void scene.dapp(origin, 'latchkey_prepare', [{ ...again, requestId: 'moved', ...by(other) }]);
      expect((await scene.nextPrepareReview()).sponsor).toMatchObject({ url: other.url });
      expect(other.received).toEqual([]);
    } finally {
      await Promise.all([approved.stop(), other.stop()]);
    }
  });

  it('by a service of the site is refused for uses of a permission that was approved without', async () => {
    await scene.grant();
    const server = await startLocalServer(() => ({ body: '{}' }));
    const [params] = useParams('surprise', [scene.home]);
    const sponsorshipOptions = {
      url: server.url,
      gasTank: { ...devnet.gasTank, token: scene.home.permitToken },
    };
    const use = scene.dapp(origin, 'latchkey_use', [{ ...params, sponsorship: true, sponsorshipOptions }]);
    await expect(use).rejects.toMatchObject({
      code: 4100,
      data: { reason: 'SPONSOR_NOT_GRANTED', details: { granted: null } },
    });
    expect(server.received).toEqual([]);
    await server.stop();
  });

  it('has to be asked for by whoever names a sponsor', async () => {
    const asking = scene.dapp(origin, 'latchkey_prepare', [
      {
        requestId: 'odd',
        enableSession: session(),
        feeToken: feeToken(),
        sponsorshipOptions: { url: devnet.nodeUrl, gasTank: { ...devnet.gasTank, token: zeroAddress } },
      },
    ]);
    await expect(asking).rejects.toMatchObject({ code: -32602, data: { reason: 'SPONSORSHIP_OFF' } });
  });
});
