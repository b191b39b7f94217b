import 'fake-indexeddb/auto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Devnet, devnetOptionsFromEnvironment, startDevnet } from '../../devnet/devnet';
import { encodePolicy } from '../protocol/policies/registry';
import { systemClock } from './journal/clock';
import { createScene, increment, origin, type Scene } from './testing/scene';

let devnet: Devnet;

beforeAll(async () => {
  devnet = await startDevnet(devnetOptionsFromEnvironment());
});

afterAll(() => devnet?.stop());

const onDeviceThatIs = async <T>(seconds: number, work: (scene: Scene) => Promise<T>): Promise<T> => {
  const clock = { ...systemClock, now: () => systemClock.now() + seconds };
  const scene = await createScene(devnet, { clock });
  try {
    return await work(scene);
  } finally {
    scene.stop();
    expect(scene.defects).toEqual([]);
  }
};

/** From now for an hour, by the real time. */
const forAnHour = ({ home }: Scene, validUntil = systemClock.now() + 3_600) => ({
  requestId: 'hour',
  enableSession: {
    actions: [
      {
        chainId: home.chainId,
        actions: [
          {
            actionTarget: home.counter,
            actionTargetSelector: increment,
            actionPolicies: [encodePolicy({ type: 'timeframe', validAfter: 0, validUntil })],
          },
        ],
      },
    ],
  },
  feeToken: { address: home.permitToken, chainId: home.chainId },
});

describe('a device whose clock is wrong', () => {
  it.each([
    [600, '10 minutes ahead of the chains'],
    [-600, '10 minutes behind the chains'],
  ])('by %i seconds is told of it, and what it grants is used at once', async (seconds, words) => {
    await onDeviceThatIs(seconds, async (scene) => {
      const { review } = await scene.prepare(forAnHour(scene));
      const told = review.dangers.find(({ code }) => code === 'CLOCK_SKEW');
      expect(told).toMatchObject({ severity: 'warning', text: expect.stringContaining(words) });
      expect(await scene.use('now')).toHaveProperty('hash');
    });
  });

  it('is judged by the chains: an end that only the device has passed is none', async () => {
    await onDeviceThatIs(7_200, async (scene) => {
      await scene.prepare(forAnHour(scene));
      expect(await scene.use('inside')).toHaveProperty('hash');
    });
    await onDeviceThatIs(-7_200, async (scene) => {
      const over = forAnHour(scene, systemClock.now() - 60);
      await expect(scene.dapp(origin, 'latchkey_prepare', [over])).rejects.toMatchObject({
        code: -32602,
        data: { reason: 'TIMEFRAME_OVER' },
      });
    });
  });

  it('is not suspected while it is right', async () => {
    await onDeviceThatIs(0, async (scene) => {
      const { review } = await scene.prepare(forAnHour(scene));
      expect(review.dangers).toEqual([]);
    });
  });
});
