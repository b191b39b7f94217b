import { setTimeout as delay } from 'node:timers/promises';
import type { Hex } from 'viem';
import { getBlock, getBlockNumber } from 'viem/actions';
import { type ConnectedChain, type NodeContext, wallClock } from './chain';
import type { Supertransaction } from './supertransaction';

const lookEvery = 200;
const mineEvery = 500;
const mostBlocks = 6;

/** What to look out for: a transaction whose calldata ends with `hash`, until it is handed in or `until` (unix seconds). */
type Watch = { hash: Hex; until: number; isDone: () => boolean; stopped: AbortSignal };

/** Mines a block on a development chain. @returns whether the chain took the order */
async function mine(chain: ConnectedChain): Promise<boolean> {
  const order: { method: string; params: [] } = { method: 'evm_mine', params: [] };
  return chain.client.transport.request(order).then(
    () => true,
    () => false,
  );
}

async function holdsTrigger(chain: ConnectedChain, blockNumber: bigint, hash: Hex): Promise<boolean> {
  const { transactions } = await getBlock(chain.client, { blockNumber, includeTransactions: true });
  return transactions.some(({ input }) => input.endsWith(hash.slice(2)));
}

async function waitForTrigger(chain: ConnectedChain, watch: Watch): Promise<boolean> {
  let next = await getBlockNumber(chain.client);
  while (!watch.isDone() && wallClock() <= watch.until) {
    const latest = await getBlockNumber(chain.client);
    for (; next <= latest; next += 1n) if (await holdsTrigger(chain, next, watch.hash)) return true;
    await delay(lookEvery, undefined, { signal: watch.stopped });
  }
  return false;
}

/**
 * Confirms the owner's transaction of an on-chain trigger. A client waits for blocks on top of it before it hands in
 * the quote, and a chain that mines on demand makes none by itself. Nothing is mined before the transaction is there
 * or after the quote was handed in. Other chains go on by themselves.
 */
async function confirmTrigger(chain: ConnectedChain, watch: Watch): Promise<void> {
  try {
    if (!(await waitForTrigger(chain, watch))) return;
    for (let mined = 0; mined < mostBlocks && !watch.isDone(); mined += 1) {
      if (!(await mine(chain))) return;
      await delay(mineEvery, undefined, { signal: watch.stopped });
    }
  } catch (cause) {
    if (!watch.stopped.aborted) console.error(`No blocks for the trigger of ${watch.hash}: ${cause}`);
  }
}

/** Looks out, on every chain that it may come on, for the transaction that an on-chain quote waits for. */
export function watchTrigger(
  { hash, quoteType, ops, triggerChainId }: Supertransaction,
  { chains }: NodeContext,
  end: Pick<Watch, 'isDone' | 'stopped'>,
): void {
  if (quoteType !== 'onchain') return;
  const until = Math.max(...ops.map(({ upperBoundTimestamp }) => upperBoundTimestamp));
  const chainIds = triggerChainId === undefined ? ops.map(({ chainId }) => chainId) : [triggerChainId];
  for (const chainId of new Set(chainIds)) {
    const chain = chains.get(chainId);
    if (chain !== undefined) void confirmTrigger(chain, { ...end, hash, until });
  }
}
