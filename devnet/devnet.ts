import { type Address, encodeFunctionData, parseAbi } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { DevnetError } from './devnetError';
import { installGasTank } from './gasTank';
import { attachChain, type LocalChain, startLocalChain } from './localChain';
import type { NodeChain } from './mee/chain';
import { type MeeNode, startNode } from './mee/node';
import { requireFreePort } from './port';

/** One chain of the network and the test contracts on it. All tokens have an open `mint`. */
export type DevnetChain = Omit<LocalChain, 'operator' | 'paymaster'>;

/** A running local network. */
export type Devnet = {
  chains: readonly DevnetChain[];
  /** Base of the node's paths, ending in `/v1`. */
  nodeUrl: MeeNode['url'];
  nodeAddress: Address;
  /**
   * Pays for quotes that name it as their sponsor's, in either fee token of its chain. The node at `nodeUrl` answers
   * for its sponsor.
   */
  gasTank: { address: Address; chainId: number };
  /** What reached the node, oldest first. */
  requests: MeeNode['requests'];
  /** Makes the node hostile, or honest again. */
  setFault: MeeNode['setFault'];
  /** Gives an account tokens or, without `token`, native coins. `amount` is in smallest units. */
  fund(grant: { chainId: number; to: Address; token?: Address; amount: bigint }): Promise<void>;
  /** Ends the node and the chains that this network started. More than one call is fine. */
  stop(): Promise<void>;
};

/** How to start. */
export type DevnetOptions = {
  /** Running chains that hold the deployed contracts; without any, two chains are started. */
  rpcUrls?: readonly string[];
  /** Port of the node; none takes any free one. */
  nodePort?: number;
  /** What requests to the node have to carry as `x-api-key`; none lets everybody in. */
  apiKey?: string;
  /** Ports of the started chains, in their order; none takes any free one. */
  chainPorts?: readonly number[];
};

const startedChainIds = [8453, 10] as const;
const mintAbi = parseAbi(['function mint(address to, uint256 amount)']);

/** Reads `DEVNET_RPC` (URLs with commas between them): the chains to attach to instead of starting some. */
export function devnetOptionsFromEnvironment(): DevnetOptions {
  const rpcUrls = (process.env.DEVNET_RPC ?? '')
    .split(',')
    .map((url) => url.trim())
    .filter((url) => url !== '');
  return rpcUrls.length === 0 ? {} : { rpcUrls };
}

async function checkPorts({ nodePort, chainPorts = [] }: DevnetOptions): Promise<void> {
  if (nodePort) await requireFreePort(nodePort, 'the node', '--node-port');
  for (const port of chainPorts) if (port) await requireFreePort(port, 'a chain', '--chain-port');
}

const toNodeChain = (chain: LocalChain): NodeChain => ({
  chainId: chain.chainId,
  name: chain.name,
  rpcUrl: chain.rpcUrl,
  ...(chain.paymaster === undefined ? {} : { paymaster: chain.paymaster }),
  feeTokens: [
    {
      name: 'Permit Test Token',
      symbol: 'PERMIT',
      address: chain.permitToken,
      decimals: 6,
      permitEnabled: true,
    },
    {
      name: 'Plain Test Token',
      symbol: 'PLAIN',
      address: chain.plainToken,
      decimals: 6,
      permitEnabled: false,
    },
  ],
});

function createFund(chains: readonly LocalChain[]): Devnet['fund'] {
  return async ({ chainId, to, token, amount }) => {
    const chain = chains.find((candidate) => candidate.chainId === chainId);
    if (chain === undefined) {
      const known = chains.map((candidate) => candidate.chainId).join(', ');
      throw new DevnetError(`Chain ${chainId} is not part of this network.`, `Use one of ${known}.`);
    }
    if (token === undefined) return chain.operator.send({ to, value: amount });
    const data = encodeFunctionData({ abi: mintAbi, functionName: 'mint', args: [to, amount] });
    return chain.operator.send({ to: token, data });
  };
}

/**
 * Starts the local network: two anvil chains (8453 and 10) with all contracts, or running ones given by
 * `rpcUrls`, which are never stopped; test tokens and a counter on each; and a MEE node.
 *
 * @throws DevnetError when a port is taken, a chain lacks contracts, or nobody can pay; nothing is left running
 */
export async function startDevnet(options: DevnetOptions = {}): Promise<Devnet> {
  await checkPorts(options);
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    await Promise.all(stops.splice(0).map((end) => end()));
  };
  try {
    const key = generatePrivateKey();
    const account = privateKeyToAccount(key);
    const pending = options.rpcUrls
      ? options.rpcUrls.map((rpcUrl) => attachChain(rpcUrl, account))
      : startedChainIds.map((chainId, index) =>
          startLocalChain(chainId, options.chainPorts?.[index] ?? 0, account, (end) => stops.push(end)),
        );
    const chains = await settle(pending);
    const [home] = chains;
    if (home === undefined) throw new DevnetError('There is no chain.', 'Give at least one URL.');
    const gasTank = await installGasTank(home);
    const node = await startNode({
      chains: chains.map(toNodeChain),
      port: options.nodePort ?? 0,
      key,
      gasTank,
      ...(options.apiKey === undefined ? {} : { apiKey: options.apiKey }),
    });
    stops.push(node.stop);
    return {
      chains: chains.map(({ operator, paymaster, ...chain }) => chain),
      nodeUrl: node.url,
      nodeAddress: node.address,
      gasTank: { address: gasTank.address, chainId: gasTank.chainId },
      requests: node.requests,
      setFault: node.setFault,
      fund: createFund(chains),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** All results, or the first failure once every start has ended, so that whatever did start can be stopped. */
async function settle<T>(pending: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(pending);
  return Promise.all(pending);
}
