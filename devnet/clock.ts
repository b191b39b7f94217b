import { createClient, http } from 'viem';
import { getBlock } from 'viem/actions';

/**
 * Brings the clock of a development chain up to the wall clock, by which clients set time bounds. It is behind after
 * a slow start or `evm_revert`. Holds from the next block on; a chain that doesn't take orders about time is left
 * as it is.
 */
export async function catchUpClock(rpcUrl: string): Promise<void> {
  const client = createClient({ transport: http(rpcUrl) });
  const { timestamp } = await getBlock(client, { blockTag: 'pending' });
  const next = Math.floor(Date.now() / 1000) + 1;
  if (timestamp >= next) return;
  const order: { method: string; params: number[] } = { method: 'evm_setNextBlockTimestamp', params: [next] };
  await client.transport.request(order).catch(() => undefined);
}
