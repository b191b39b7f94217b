import { type Address, type Client, createClient, http, type Transport } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { getBlock } from 'viem/actions';
import { NodeError } from './nodeError';

/** A token in which the node takes its fee. */
type FeeToken = {
  name: string;
  symbol: string;
  address: Address;
  decimals: number;
  /** Whether the token has EIP-2612 `permit`. */
  permitEnabled: boolean;
};

/** One chain that the node serves. */
export type NodeChain = {
  chainId: number;
  name: string;
  rpcUrl: string;
  /** Paymaster that pays for the operations; absent when the node pays the gas itself. */
  paymaster?: Address;
  feeTokens: readonly FeeToken[];
};

/** A chain with the node's connection to it. `sendInTurn` runs one transaction after the other, so nonces don't clash. */
export type ConnectedChain = NodeChain & {
  client: Client<Transport, undefined, PrivateKeyAccount>;
  sendInTurn<T>(send: () => Promise<T>): Promise<T>;
};

/** What every request of the node works with. */
export type NodeContext = { account: PrivateKeyAccount; chains: ReadonlyMap<number, ConnectedChain> };

/** @throws NodeError 400 for a chain that the node doesn't serve */
export function chainOf(context: NodeContext, chainId: number): ConnectedChain {
  const chain = context.chains.get(chainId);
  if (chain === undefined) throw new NodeError(400, `Chain ${chainId} is not supported by this node.`);
  return chain;
}

/** Opens the node's connection to a chain. */
export function connectChain(chain: NodeChain, account: PrivateKeyAccount): ConnectedChain {
  let tail: Promise<unknown> = Promise.resolve();
  return {
    ...chain,
    client: createClient({ account, transport: http(chain.rpcUrl), pollingInterval: 50, cacheTime: 0 }),
    sendInTurn(send) {
      const turn = tail.then(send, send);
      tail = turn.catch(() => undefined);
      return turn;
    },
  };
}

/** Unix seconds by the wall clock. */
export const wallClock = (): number => Math.floor(Date.now() / 1000);

/**
 * The time at which the next block would run, in unix seconds. A development chain tells by its pending block: its
 * clock may be off, and its latest block is old while it idles. Another chain is taken to run by the wall clock.
 */
export async function nextBlockTime(chain: ConnectedChain): Promise<bigint> {
  const [latest, pending] = await Promise.all([
    getBlock(chain.client),
    getBlock(chain.client, { blockTag: 'pending' }),
  ]);
  if (pending.timestamp > latest.timestamp) return pending.timestamp;
  const now = BigInt(wallClock());
  return now > latest.timestamp ? now : latest.timestamp + 1n;
}
