import { createTestClient, http, publicActions, walletActions } from 'viem';
import { startAnvil } from '../anvil';
import { chainClient } from '../deploy';
import { installContracts } from '../install';
import { installTestContracts } from '../testContracts';

/** A chain with the contracts on it, and the account that brings user operations to the EntryPoint. */
export type TestChain = Awaited<ReturnType<typeof connect>>;

/**
 * Starts a chain of its own with the stand-ins. With CONTRACTS_RPC in the environment it uses that anvil instead, as
 * it is: the way to run the same tests against the deployed contracts (on a fork, say).
 */
export async function openTestChain(): Promise<TestChain> {
  const given = process.env.CONTRACTS_RPC;
  return given === undefined ? openOwnChain() : connect(given, async () => undefined);
}

/** Starts a chain of its own with the stand-ins. */
export async function openOwnChain(): Promise<TestChain> {
  const { rpcUrl, stop } = await startAnvil({ chainId: 8453, args: ['--hardfork', 'prague'] });
  await installContracts({ rpcUrl });
  return connect(rpcUrl, stop);
}

async function connect(rpcUrl: string, close: () => Promise<void>) {
  const { chain } = await chainClient(rpcUrl);
  const client = createTestClient({ mode: 'anvil', chain, transport: http(rpcUrl), pollingInterval: 5 })
    .extend(publicActions)
    .extend(walletActions);
  const [bundler] = await client.getAddresses();
  if (bundler === undefined) throw new Error('the chain has no unlocked account');
  const contracts = await installTestContracts({ rpcUrl, account: bundler });
  return { client, rpcUrl, bundler, ...contracts, close };
}
