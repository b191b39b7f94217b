import type { Chain, Chains } from '../chain/chains';
import type { Clock } from '../journal/clock';

/** Seconds by which a device may differ from a chain and still be right: blocks take their time. */
const toleranceSeconds = 60;
/** Seconds after which chains are asked again, and after which their last answer is of no use. */
const freshSeconds = 60;
const usefulSeconds = 600;
const patienceMs = 1_500;

/** Unix seconds as chains count them, and the later of that and the device's own: a chain that rests looks late. */
export type Moment = { now: number; latest: number };

/** The present as chains see it. A device's clock may be wrong; the timestamp of a block can't be far ahead. */
export type NetworkTime = {
  /** Compares the device with chains, seldom enough to cost nothing. Never fails and never takes long. */
  sync(chainIds: readonly number[]): Promise<void>;
  read(): Moment;
  /** Seconds by which chains are ahead of the device; 0 as long as they agree, or none was read. */
  skew(): number;
};

/** A chain that rests tells by the block to come what time it is. */
const timeOf = async (chain: Chain, device: number): Promise<number> => {
  const { timestamp } = await chain.block();
  if (timestamp >= device - toleranceSeconds) return timestamp;
  const next = await chain.block('pending').catch(() => undefined);
  return Math.max(timestamp, next?.timestamp ?? 0);
};

/** @param clock the device's */
export const createNetworkTime = ({ chains, clock }: { chains: Chains; clock: Clock }): NetworkTime => {
  let skew = 0;
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  const measure = async (chainIds: readonly number[]): Promise<void> => {
    const device = clock.now();
    const reads = await Promise.allSettled(
      [...new Set(chainIds)].map(async (chainId) => timeOf(await chains.on(chainId), device)),
    );
    const times = reads.flatMap((read) => (read.status === 'fulfilled' ? [read.value] : []));
    if (times.length === 0) return;
    const ahead = Math.max(...times) - device;
    skew = Math.abs(ahead) > toleranceSeconds ? ahead : 0;
    readAt = device;
  };

  return {
    sync: async (chainIds) => {
      const age = Math.abs(clock.now() - readAt);
      if (chainIds.length === 0 || age < freshSeconds) return;
      reading ??= measure(chainIds).finally(() => {
        reading = undefined;
      });
      if (age >= usefulSeconds) await Promise.race([reading, clock.sleep(patienceMs)]);
    },
    read: () => {
      const device = clock.now();
      return { now: device + skew, latest: device + Math.max(skew, 0) };
    },
    skew: () => skew,
  };
};
