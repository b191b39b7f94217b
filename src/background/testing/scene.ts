import { IDBFactory } from 'fake-indexeddb';
import {
  type Address,
  createClient,
  createTestClient,
  encodeFunctionData,
  erc20Abi,
  type Hex,
  http,
  parseAbi,
  toFunctionSelector,
  walletActions,
} from 'viem';
import {
  getBalance,
  getCode,
  getTransactionReceipt,
  impersonateAccount,
  mine,
  readContract,
  setBalance,
  setCode,
} from 'viem/actions';
import { smartSessionAbi } from '../../protocol/constants/abis';
import { smartSessionAddress } from '../../protocol/constants/addresses';
import { encodePolicy } from '../../protocol/policies/registry';
import type { PrepareResult, RequestState } from '../../rpc/dapp/results';
import type { PrepareReview, Review } from '../../rpc/popup/review';
import { dangersOf } from '../approvals/acknowledgement';
import { createHarness, password } from './harness';

export const origin = 'https://dapp.example';

const counterAbi = parseAbi([
  'function count() view returns (uint256)',
  'function incrementCount()',
  'function decrementCount()',
]);

export const increment = encodeFunctionData({ abi: counterAbi, functionName: 'incrementCount' });
export const decrement = encodeFunctionData({ abi: counterAbi, functionName: 'decrementCount' });

type SceneChain = {
  chainId: number;
  name: string;
  rpcUrl: string;
  counter: Address;
  permitToken: Address;
  plainToken: Address;
  strictToken: Address;
  otherSmartSession: Address;
};

/** A local network, as far as a scene needs it. */
export type Network = {
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

/** Of a token, or native coin without one; read from the chain. */
export const balanceOn = (chain: SceneChain, owner: Address, token?: Address): Promise<bigint> =>
  token === undefined
    ? getBalance(client(chain), { address: owner })
    : readContract(client(chain), {
        address: token,
        abi: erc20Abi,
        functionName: 'balanceOf',
        args: [owner],
      });

/** Code at an address, read from the chain. */
export const codeOn = (chain: SceneChain, address: Address): Promise<Hex | undefined> =>
  getCode(client(chain), { address });

/** Puts code at an address of a local chain. */
export const setCodeOn = (chain: SceneChain, address: Address, bytecode: Hex): Promise<void> =>
  setCode(createTestClient({ mode: 'anvil', transport: http(chain.rpcUrl) }), { address, bytecode });

/** Sends a transaction in the name of an address of a local chain. */
export const sendAs = async (chain: SceneChain, from: Address, to: Address, data: Hex): Promise<void> => {
  const local = createTestClient({ mode: 'anvil', transport: http(chain.rpcUrl) }).extend(walletActions);
  await setBalance(local, { address: from, value: 10n ** 18n });
  await impersonateAccount(local, { address: from });
  const hash = await local.sendTransaction({ account: from, to, data, chain: null });
  await mine(local, { blocks: 1 });
  const { status } = await getTransactionReceipt(local, { hash });
  if (status !== 'success') throw new TypeError('The transaction failed.');
};

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

/** A yes to a review and to every danger that it shows. */
export const decisionOn = (review: Review) => ({
  reviewId: review.id,
  digest: review.digest,
  acknowledged: [...new Set(dangersOf(review).map(({ code }) => code))],
});

/** A background with a fresh vault and a funded account on a local network. */
export const createScene = async (network: Network, options: Parameters<typeof createHarness>[0] = {}) => {
  const [home, other] = network.chains;
  if (!home || !other) throw new RangeError('The network needs two chains.');
  globalThis.indexedDB = new IDBFactory();
  network.setFault(undefined);
  const harness = await createHarness(options);
  await harness.popup('createVault', { password });
  const networks = network.chains.map(({ chainId, name, rpcUrl }) => ({
    chainId,
    name,
    rpcUrl,
    nativeSymbol: 'ETH',
  }));
  await harness.popup('saveSettings', { nodeUrl: network.nodeUrl, networks });
  const { account, owner } = await harness.popup('getState');
  if (!account || !owner) throw new TypeError('The account is not known.');
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

  /** A yes that agrees to every danger shown. */
  const approve = (review: Review) => harness.popup('approve', decisionOn(review));

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
    owner,
    prepareParams,
    /** Asks for anything by `latchkey_prepare`, and says yes to the review. */
    prepare: async (
      params: Record<string, unknown>,
    ): Promise<{ review: PrepareReview; result: PrepareResult }> => {
      const answer = harness.dapp(origin, 'latchkey_prepare', [params]);
      const review = await Promise.race([
        harness.nextPrepareReview(),
        answer.then((ended): never => {
          throw new TypeError(`Nobody was asked: ${ended.outcome}.`);
        }),
      ]);
      await approve(review);
      return { review, result: await answer };
    },
    approve,
    approveNext,
    /** Waits until a request is in a state. */
    inState: async (id: string, state: RequestState): Promise<void> => {
      for (;;) {
        const wait = harness.changed();
        if ((await harness.popup('getRequest', { id })).state === state) return;
        await wait;
      }
    },
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
