import { type Account, type Address, encodeDeployData, parseAbi } from 'viem';
import { readContract, writeContract } from 'viem/actions';
import { entryPoint } from './addresses';
import { compiledContracts } from './compile';
import type { ContractName } from './contractNames';
import { type ChainClient, chainClient, deployDeterministic } from './deploy';
import { minedReceipt } from './receipt';

/** Targets for permissions. */
export interface TestContracts {
  plainToken: Address;
  permitToken: Address;
  counter: Address;
}

/** Salt of everything that is deployed for tests. */
export const salt = '0x6c617463686b6579000000000000000000000000000000000000000000000001';
const depositAbi = parseAbi([
  'function depositTo(address account) payable',
  'function balanceOf(address account) view returns (uint256)',
]);

/**
 * Deploys two tokens and a counter by ordinary transactions, at addresses that depend on their code only. What is
 * there already stays. Needs the deterministic deployer, which public networks and anvil hold.
 */
export async function installTestContracts(options: {
  rpcUrl: string;
  account: Account | Address;
}): Promise<TestContracts> {
  const client = await chainClient(options.rpcUrl);
  return {
    plainToken: await deploy(client, options.account, 'PlainToken'),
    permitToken: await deploy(client, options.account, 'PermitToken'),
    counter: await deploy(client, options.account, 'Counter'),
  };
}

/**
 * Deploys a paymaster that pays for what `account` brings to the EntryPoint, and fills its deposit up to `deposit`
 * wei. Works on any chain that holds EntryPoint v0.7.
 */
export async function installPaymaster(options: {
  rpcUrl: string;
  account: Account | Address;
  deposit: bigint;
}): Promise<Address> {
  const client = await chainClient(options.rpcUrl);
  const owner = typeof options.account === 'string' ? options.account : options.account.address;
  const paymaster = await deploy(client, options.account, 'DevPaymaster', [entryPoint, owner]);
  const held = await readContract(client, {
    address: entryPoint,
    abi: depositAbi,
    functionName: 'balanceOf',
    args: [paymaster],
  });
  if (held >= options.deposit) return paymaster;
  const hash = await writeContract(client, {
    account: options.account,
    address: entryPoint,
    abi: depositAbi,
    functionName: 'depositTo',
    args: [paymaster],
    value: options.deposit - held,
  });
  await minedReceipt(client, hash);
  return paymaster;
}

/** Deploys one of the contracts at the address that its code decides. What is there already stays. */
export async function deploy(
  client: ChainClient,
  account: Account | Address,
  name: ContractName,
  args: readonly unknown[] = [],
): Promise<Address> {
  const { abi, bytecode } = (await compiledContracts())[name];
  return deployDeterministic(client, { account, salt, initCode: encodeDeployData({ abi, bytecode, args }) });
}
