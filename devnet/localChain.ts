import type { Address } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { readAttachedChain } from './attach';
import { catchUpClock } from './clock';
import { startAnvil } from './contracts/anvil';
import {
  installContracts,
  installPaymaster,
  installTestContracts,
  installTestVariants,
} from './contracts/install';
import type { TestContracts } from './contracts/testContracts';
import type { TestVariants } from './contracts/testVariants';
import { findOperator, type Operator } from './operator';

/** One chain of the network with all that stands on it. */
export type LocalChain = {
  chainId: number;
  name: string;
  rpcUrl: string;
  /** Absent on chains that were there before: the node pays the gas itself. */
  paymaster?: Address;
  operator: Operator;
} & TestContracts &
  TestVariants;

const names: Record<number, string> = { 8453: 'Base (local)', 10: 'Optimism (local)' };
/** Has transient storage (Cancun) and EIP-7702 (Prague). */
const hardfork = 'prague';
const nodeFunds = 200n * 10n ** 18n;
const paymasterDeposit = 100n * 10n ** 18n;

async function populate(chainId: number, rpcUrl: string, node: PrivateKeyAccount): Promise<LocalChain> {
  const operator = await findOperator(rpcUrl);
  await catchUpClock(rpcUrl);
  const tenth = operator.balance / 10n;
  await operator.send({ to: node.address, value: tenth < nodeFunds ? tenth : nodeFunds });
  const account = operator.account;
  const tests = await installTestContracts({ rpcUrl, account });
  const variants = await installTestVariants({ rpcUrl, account });
  return {
    chainId,
    name: names[chainId] ?? `Chain ${chainId} (local)`,
    rpcUrl,
    ...tests,
    ...variants,
    operator,
  };
}

/**
 * Starts a chain, puts the contracts and the test contracts on it, and pays in the node and its paymaster.
 *
 * @param onStop takes what ends the chain, as soon as it runs
 */
export async function startLocalChain(
  chainId: number,
  port: number,
  node: PrivateKeyAccount,
  onStop: (stop: () => Promise<void>) => void,
): Promise<LocalChain> {
  const { rpcUrl, stop } = await startAnvil({ chainId, port, args: ['--hardfork', hardfork] });
  onStop(stop);
  await installContracts({ rpcUrl });
  const chain = await populate(chainId, rpcUrl, node);
  const paymaster = await installPaymaster({ rpcUrl, account: node, deposit: paymasterDeposit });
  return { ...chain, paymaster };
}

/** Puts only the test contracts on a chain that runs already, and pays in the node. */
export async function attachChain(rpcUrl: string, node: PrivateKeyAccount): Promise<LocalChain> {
  return populate(await readAttachedChain(rpcUrl), rpcUrl, node);
}
