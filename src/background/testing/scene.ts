import { IDBFactory } from 'fake-indexeddb';
import {
  type Address,
  createClient,
  encodeFunctionData,
  type Hex,
  http,
  parseAbi,
  toFunctionSelector,
} from 'viem';
import { readContract } from 'viem/actions';
import { smartSessionAbi } from '../../protocol/constants/abis';
import { smartSessionAddress } from '../../protocol/constants/addresses';
import { encodePolicy } from '../../protocol/policies/registry';
import type { PrepareResult } from '../../rpc/dapp/methods';
import type { Review } from '../../rpc/popup/procedures';
import { createHarness, password } from './harness';

export const origin = 'https://dapp.example';

const counterAbi = parseAbi([
  'function count() view returns (uint256)',
  'function incrementCount()',
  'function decrementCount()',
]);

export const increment = encodeFunctionData({ abi: counterAbi, functionName: 'incrementCount' });
export const decrement = encodeFunctionData({ abi: counterAbi, functionName: 'decrementCount' });

type SceneChain = { chainId: number; name: string; rpcUrl: string; counter: Address; permitToken: Address };

/** A local network, as far as a scene needs it. */
type Network = {
  chains: readonly SceneChain[];
  nodeUrl: string;
  requests: readonly { path: string; body: unknown }[];
  setFault(fault: ((kind: string, body: unknown) => unknown) | undefined): void;
  fund(grant: { chainId: number; to: Address; token?: Address; amount: bigint }): Promise<void>;
};

const client = ({ rpcUrl }: SceneChain) => createClient({ transport: http(rpcUrl) });

/** The counter's value, read from the chain and not through the background. */
export const countOn = (chain: SceneChain): Promise<bigint> =>
  readContract(client(chain), { address: chain.counter, abi: counterAbi, functionName: 'count' });

export const isEnabledOn = (chain: SceneChain, permissionId: Hex, account: Address): Promise<boolean> =>
  readContract(client(chain), {
    address: smartSessionAddress,
    abi: smartSessionAbi,
    functionName: 'isPermissionEnabled',
    args: [permissionId, account],
  });

/** Params of a USE of one call on each chain. */
export const useParams = (requestId: string, chains: readonly SceneChain[], data: Hex = increment) => [
  {
    requestId,
    instructions: chains.map((chain) => ({ chainId: chain.chainId, calls: [{ to: chain.counter, data }] })),
  },
];

const hashOf = ({ body }: { body: unknown }): unknown =>
  typeof body === 'object' && body !== null && 'hash' in body ? body.hash : undefined;

/** A background with a fresh vault and a funded account on a local network. */
export const createScene = async (network: Network) => {
  const [home, other] = network.chains;
  if (!home || !other) throw new RangeError('The network needs two chains.');
  globalThis.indexedDB = new IDBFactory();
  network.setFault(undefined);
  const harness = await createHarness();
  await harness.popup('createVault', { password });
  const networks = network.chains.map(({ chainId, name, rpcUrl }) => ({
    chainId,
    name,
    rpcUrl,
    nativeSymbol: 'ETH',
  }));
  await harness.popup('saveSettings', { nodeUrl: network.nodeUrl, networks });
  const { account } = await harness.popup('getState');
  if (!account) throw new TypeError('The account is not known.');
  await network.fund({ chainId: home.chainId, to: account, token: home.permitToken, amount: 100_000_000n });

  const prepareParams = (requestId: string, chains: readonly SceneChain[] = [home], limit = 3n) => [
    {
      requestId,
      enableSession: {
        actions: chains.map((chain) => ({
          chainId: chain.chainId,
          actions: [
            {
              actionTarget: chain.counter,
              actionTargetSelector: toFunctionSelector('incrementCount()'),
              actionPolicies: [encodePolicy({ type: 'usageLimit', limit })],
              signature: 'incrementCount()',
            },
          ],
        })),
      },
      feeToken: { address: home.permitToken, chainId: home.chainId },
    },
  ];

  const approve = ({ id: reviewId, digest }: Review) => harness.popup('approve', { reviewId, digest });

  const approveNext = async (): Promise<Review> => {
    const review = await harness.nextReview();
    await approve(review);
    return review;
  };

  const executions = () => network.requests.filter(({ path }) => path.endsWith('/exec'));

  return {
    ...harness,
    home,
    other,
    account,
    prepareParams,
    approve,
    approveNext,
    /** A permission to increment, approved and enabled. */
    grant: async (
      name = 'grant',
      chains: readonly SceneChain[] = [home],
      limit = 3n,
    ): Promise<PrepareResult> => {
      const answer = harness.dapp(origin, 'latchkey_prepare', prepareParams(name, chains, limit));
      await approveNext();
      return answer;
    },
    use: (name: string, data?: Hex) => harness.dapp(origin, 'latchkey_use', useParams(name, [home], data)),
    /** How many signed bodies reached the node. */
    submissions: (): number => executions().length,
    /** How many different supertransactions reached the node. */
    executed: (): number => new Set(executions().map(hashOf)).size,
  };
};

export type Scene = Awaited<ReturnType<typeof createScene>>;
