import {
  createTestClient,
  type Hex,
  http,
  parseEther,
  publicActions,
  walletActions,
  zeroAddress,
} from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { startAnvil } from '../../devnet/contracts/anvil';
import { chainClient } from '../../devnet/contracts/deploy';
import { installContracts } from '../../devnet/contracts/install';
import { installPaymaster, installTestContracts } from '../../devnet/contracts/testContracts';
import { sessionAccount } from '../../devnet/contracts/testKit/sessionAccount';
import { smartSessionAddress } from '../../src/protocol/constants/addresses';
import { toWord } from '../../src/protocol/word';
import type { Named } from './pools';
import type { Scenario } from './scenario';
import { grantOf } from './session';
import { type ChainRun, simulateGrants } from './simulate';

/** A chain that tells how scenarios end. Nothing that it runs is kept. */
export type ChainOracle = {
  rpcUrl: string;
  chainId: number;
  named: Named;
  run(scenarios: readonly Scenario[]): Promise<readonly ChainRun[]>;
  close(): Promise<void>;
};

/** Starts a chain of its own with the stand-ins and an account with SmartSession on it. */
export async function openOwnOracle(): Promise<ChainOracle> {
  const { rpcUrl, stop } = await startAnvil({ chainId: 8453, args: ['--hardfork', 'prague'] });
  try {
    await installContracts({ rpcUrl });
    return await openOracle(rpcUrl, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

const nothing = async () => undefined;

/** Puts an account with SmartSession, a paymaster and test contracts on a chain that holds all other contracts. */
export async function openOracle(rpcUrl: string, close: () => Promise<void> = nothing): Promise<ChainOracle> {
  const { chain } = await chainClient(rpcUrl);
  const transport = http(rpcUrl, { timeout: 120_000 });
  const client = createTestClient({ mode: 'anvil', chain, transport, pollingInterval: 5 })
    .extend(publicActions)
    .extend(walletActions);
  const bundler = (await client.getAddresses()).at(-1);
  if (bundler === undefined) throw new TypeError(`${rpcUrl} has no unlocked account`);
  const contracts = await installTestContracts({ rpcUrl, account: bundler });
  const paymaster = await installPaymaster({ rpcUrl, account: bundler, deposit: parseEther('10') });
  const testChain = { client, rpcUrl, bundler, ...contracts, close };
  const { address: account, contracts: suite } = await sessionAccount(testChain);
  const named = { account, module: smartSessionAddress, validator: suite.validator, zero: zeroAddress };
  const key = privateKeyToAccount(generatePrivateKey());
  const salted = (scenario: Scenario, index: number) => {
    const salt: Hex = toWord(BigInt(index));
    return { scenario, grant: grantOf(scenario, { named, chainId: chain.id, redeemer: key.address, salt }) };
  };
  const run: ChainOracle['run'] = (scenarios) =>
    simulateGrants(client, scenarios.map(salted), key, { bundler, paymaster });
  return { rpcUrl, chainId: chain.id, named, run, close };
}
