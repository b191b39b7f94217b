import {
  type Account,
  type Address,
  type Chain,
  type Client,
  concat,
  createClient,
  defineChain,
  getContractAddress,
  type Hex,
  http,
  type PublicRpcSchema,
  type Transport,
  type WalletRpcSchema,
} from 'viem';
import { getChainId, getCode, sendTransaction } from 'viem/actions';
import { create2Deployer } from './addresses';
import { minedReceipt } from './receipt';

/** A client that reads and sends on one chain. */
export type ChainClient = Client<Transport, Chain, undefined, [...PublicRpcSchema, ...WalletRpcSchema]>;

/** Connects to a chain whose id is not known yet. */
export async function chainClient(rpcUrl: string): Promise<ChainClient> {
  const transport = http(rpcUrl);
  const id = await getChainId(createClient({ transport }));
  const chain = defineChain({
    id,
    name: `chain ${id}`,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [rpcUrl] } },
  });
  return createClient({ chain, transport, pollingInterval: 50 });
}

/**
 * Deploys by CREATE2 through the deterministic deployer. Does nothing when the code is there.
 * @param options.account Who sends: a local account, or the address of one that the chain has unlocked.
 * @returns The address, which depends on salt and init code only.
 */
export async function deployDeterministic(
  client: ChainClient,
  options: { account: Account | Address; salt: Hex; initCode: Hex },
): Promise<Address> {
  const { account, salt, initCode } = options;
  const address = getContractAddress({ opcode: 'CREATE2', from: create2Deployer, salt, bytecode: initCode });
  if (await hasCode(client, address)) return address;
  const hash = await sendTransaction(client, {
    account,
    to: create2Deployer,
    data: concat([salt, initCode]),
  });
  await minedReceipt(client, hash);
  if (!(await hasCode(client, address))) throw new Error(`nothing was deployed at ${address} by ${hash}`);
  return address;
}

async function hasCode(client: ChainClient, address: Address): Promise<boolean> {
  return ((await getCode(client, { address })) ?? '0x') !== '0x';
}
