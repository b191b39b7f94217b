import { createRequire } from 'node:module';
import * as v from 'valibot';
import { type Address, createTestClient, encodeDeployData, type Hex, http, isHex } from 'viem';
import { call, setCode } from 'viem/actions';
import {
  type AccountContracts,
  accountContracts,
  entryPoint,
  entryPointSalt,
  type MeeVersion,
  multicall3,
  sessionContracts,
} from './addresses';
import { compiledContracts } from './compile';
import type { ContractName } from './contractNames';
import { chainClient, deployDeterministic } from './deploy';

/** Where everything is that the local network stands on. */
export interface InstalledContracts {
  entryPoint: Address;
  multicall3: Address;
  session: typeof sessionContracts;
  accounts: Record<MeeVersion, AccountContracts>;
}

const artifact = v.object({ bytecode: v.custom<Hex>((value) => isHex(value)) });

/**
 * Puts EntryPoint v0.7, Multicall3 and the stand-ins of MEE 2.0.0, 2.1.0 and 2.2.1 at their canonical addresses.
 * @param options.rpcUrl A fresh anvil (its first account pays).
 */
export async function installContracts(options: { rpcUrl: string }): Promise<InstalledContracts> {
  const client = createTestClient({ mode: 'anvil', transport: http(options.rpcUrl) });
  const contracts = await compiledContracts();
  const put: Put = async (name, address, args = []) => {
    const { abi, bytecode } = contracts[name];
    const { data } = await call(client, { data: encodeDeployData({ abi, bytecode, args }) });
    if (data === undefined) throw new Error(`the constructor of ${name} left no code`);
    await setCode(client, { address, bytecode: data });
  };
  await installEntryPoint(options.rpcUrl);
  await put('Multicall3', multicall3);
  await Promise.all([
    put('SmartSession', sessionContracts.SmartSession),
    put('SudoPolicy', sessionContracts.SudoPolicy),
    put('UniversalPolicy', sessionContracts.UniversalPolicy),
    put('TimeframePolicy', sessionContracts.TimeframePolicy),
    put('UsageLimitPolicy', sessionContracts.UsageLimitPolicy),
    put('SpendingLimitsPolicy', sessionContracts.SpendingLimitsPolicy),
    put('ValueLimitPolicy', sessionContracts.ValueLimitPolicy),
  ]);
  await installAccounts(put);
  return { entryPoint, multicall3, session: sessionContracts, accounts: accountContracts };
}

type Put = (name: ContractName, address: Address, args?: readonly unknown[]) => Promise<void>;

/** The contracts of every version. Version 2.0.0 alone refuses owners that carry EIP-7702 code. */
async function installAccounts(put: Put): Promise<void> {
  const install = async (at: AccountContracts, account: ContractName) => {
    await put(account, at.implementation, [entryPoint, at.validator]);
    await put('Bootstrap', at.bootstrap, [at.validator]);
    await put('AccountFactory', at.factory, [at.implementation]);
    await put('EtherForwarder', at.etherForwarder);
  };
  await put('OwnerValidator', accountContracts['2.0.0'].validator, [false]);
  await put('OwnerValidator', accountContracts['2.1.0'].validator, [true]);
  await put('TypedOwnerValidator', accountContracts['2.2.1'].validator);
  await install(accountContracts['2.0.0'], 'Account');
  await install(accountContracts['2.1.0'], 'Account');
  await install(accountContracts['2.2.1'], 'ComposerAccount');
}

async function installEntryPoint(rpcUrl: string): Promise<void> {
  const found: unknown = createRequire(import.meta.url)(
    '@account-abstraction/contracts/artifacts/EntryPoint.json',
  );
  const { bytecode } = v.parse(artifact, found);
  const client = await chainClient(rpcUrl);
  const [account] = await client.request({ method: 'eth_accounts' });
  if (account === undefined) throw new Error(`${rpcUrl} has no unlocked account`);
  const address = await deployDeterministic(client, { account, salt: entryPointSalt, initCode: bytecode });
  if (address !== entryPoint) throw new Error(`the EntryPoint came to ${address}, not to ${entryPoint}`);
}

export { installPaymaster, installTestContracts } from './testContracts';
export { installTestVariants } from './testVariants';
