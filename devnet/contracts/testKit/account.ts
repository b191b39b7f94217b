import {
  type Address,
  concat,
  encodeAbiParameters,
  encodeFunctionData,
  type Hex,
  pad,
  parseEther,
} from 'viem';
import { generatePrivateKey, type PrivateKeyAccount, privateKeyToAccount } from 'viem/accounts';
import { type AccountContracts, accountContracts, type MeeVersion } from '../addresses';
import { bootstrapAbi, factoryAbi } from './abis';
import type { TestChain } from './chain';

export interface TestAccount {
  address: Address;
  owner: PrivateKeyAccount;
  contracts: AccountContracts;
  /** Factory and its call, as EntryPoint takes it. */
  initCode: Hex;
}

const noModule = { module: pad('0x', { size: 20 }), data: pad('0x', { size: 32 }) } as const;

/** ABI(address bootstrap, bytes call), with `ownerData` for the default validator. */
export function accountInitData(contracts: AccountContracts, ownerData: Hex): Hex {
  const call = encodeFunctionData({
    abi: bootstrapAbi,
    functionName: 'initNexusWithDefaultValidatorAndOtherModulesNoRegistry',
    args: [ownerData, [], [], noModule, [], []],
  });
  return encodeAbiParameters([{ type: 'address' }, { type: 'bytes' }], [contracts.bootstrap, call]);
}

/** An account of a new owner, with ether for gas, not deployed. */
export async function futureAccount(chain: TestChain, version: MeeVersion = '2.1.0'): Promise<TestAccount> {
  const owner = privateKeyToAccount(generatePrivateKey());
  const contracts = accountContracts[version];
  const args = [accountInitData(contracts, owner.address), pad('0x', { size: 32 })] as const;
  const address = await chain.client.readContract({
    address: contracts.factory,
    abi: factoryAbi,
    functionName: 'computeAccountAddress',
    args,
  });
  await chain.client.setBalance({ address, value: parseEther('10') });
  const create = encodeFunctionData({ abi: factoryAbi, functionName: 'createAccount', args });
  return { address, owner, contracts, initCode: concat([contracts.factory, create]) };
}
