import { describe, expect, it } from 'vitest';
import type { Chain, Chains } from '../chain/chains';
import { createNetworkTime } from './networkTime';

type Blocks = { latest: number; pending?: number } | 'unreachable' | 'silent';

/** The device at 10,000 seconds, beside chains with these newest blocks. */
const timeBeside = (blocks: Record<number, Blocks>) => {
  let device = 10_000;
  const asked: string[] = [];
  const blockOf = (chainId: number, tag: 'latest' | 'pending') => {
    asked.push(`${chainId} ${tag}`);
    const known = blocks[chainId] ?? 'unreachable';
    if (known === 'silent') return new Promise<never>(() => undefined);
    const timestamp = known === 'unreachable' ? undefined : known[tag];
    if (timestamp === undefined) throw new TypeError('unreachable');
    return { number: 1n, baseFee: 0n, timestamp };
  };
  const chains: Chains = {
    on: async (chainId) =>
      ({
        block: async (tag: 'latest' | 'pending' = 'latest') => blockOf(chainId, tag),
      }) as unknown as Chain,
    all: async () => [],
  };
  const sleep = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
  const time = createNetworkTime({ chains, clock: { now: () => device, sleep } });
  return {
    time,
    asked,
    setDevice: (to: number) => {
      device = to;
    },
  };
};

const readAfterSync = async (blocks: Record<number, Blocks>) => {
  const { time } = timeBeside(blocks);
  await time.sync(Object.keys(blocks).map(Number));
  return { ...time.read(), skew: time.skew() };
};

describe('the present', () => {
  it.each<[string, Record<number, Blocks>, { now: number; latest: number; skew: number }]>([
    ['as the device has it, before any chain was read', {}, { now: 10_000, latest: 10_000, skew: 0 }],
    [
      'as the device has it, within a minute',
      { 1: { latest: 9_940 } },
      { now: 10_000, latest: 10_000, skew: 0 },
    ],
    [
      'later where the device is behind',
      { 1: { latest: 10_600 } },
      { now: 10_600, latest: 10_600, skew: 600 },
    ],
    [
      'earlier where the device is ahead',
      { 1: { latest: 9_400, pending: 9_402 } },
      { now: 9_402, latest: 10_000, skew: -598 },
    ],
    [
      'as the device has it, beside a chain that rests',
      { 1: { latest: 2_000, pending: 9_999 } },
      { now: 10_000, latest: 10_000, skew: 0 },
    ],
    [
      'by the chain that tells of no block to come',
      { 1: { latest: 9_400 } },
      { now: 9_400, latest: 10_000, skew: -600 },
    ],
    [
      'by the chain that is furthest',
      { 1: { latest: 5_000 }, 2: { latest: 10_001 } },
      { now: 10_000, latest: 10_000, skew: 0 },
    ],
    [
      'as the device has it, when no chain answers',
      { 1: 'unreachable' },
      { now: 10_000, latest: 10_000, skew: 0 },
    ],
    [
      'as the device has it, when a chain takes too long',
      { 1: 'silent' },
      { now: 10_000, latest: 10_000, skew: 0 },
    ],
  ])('is %s', async (_name, blocks, expected) => {
    expect(await readAfterSync(blocks)).toEqual(expected);
  });

  it('is asked of a chain once a minute, and again when the clock of the device was set', async () => {
    const { time, asked, setDevice } = timeBeside({ 1: { latest: 10_600 } });
    await Promise.all([time.sync([1]), time.sync([1])]);
    setDevice(10_059);
    await time.sync([1]);
    expect(asked).toEqual(['1 latest']);
    setDevice(10_660);
    await time.sync([1]);
    expect(time.skew()).toBe(0);
    expect(asked).toHaveLength(2);
  });
});
