import { type Account, type Address, concat } from 'viem';
import { getCode } from 'viem/actions';
import { sessionContracts } from './addresses';
import type { ContractName } from './contractNames';
import { chainClient, deployDeterministic } from './deploy';
import { deploy, salt } from './testContracts';

/** Contracts that differ from the usual ones in one point. The tokens have an open `mint`. */
export interface TestVariants {
  /** EIP-2612, its domain told by `name` and `version`, which is 2; 6 decimals. */
  versionedToken: Address;
  /** EIP-2612, its domain's version 1 told by nothing; 6 decimals. */
  bareToken: Address;
  /** EIP-2612 under a domain with the chain id as salt; 6 decimals. */
  saltToken: Address;
  /** Permits of Dai's shape, not of EIP-2612; 18 decimals. */
  daiToken: Address;
  /** Raises an allowance from zero only; 6 decimals. */
  strictToken: Address;
  /** A second SmartSession, of the same code as the one at the canonical address. */
  otherSmartSession: Address;
}

/** Creation code that leaves the bytes behind it as the contract's code. */
const returnsWhatFollows = '0x600b5981380380925939f3';

/**
 * Deploys the variants by ordinary transactions, at addresses that depend on their code only. What is there already
 * stays. Needs the deterministic deployer and SmartSession.
 */
export async function installTestVariants(options: {
  rpcUrl: string;
  account: Account | Address;
}): Promise<TestVariants> {
  const { account } = options;
  const client = await chainClient(options.rpcUrl);
  const put = (name: ContractName) => deploy(client, account, name);
  const sessionCode = await getCode(client, { address: sessionContracts.SmartSession });
  return {
    versionedToken: await put('VersionedPermitToken'),
    bareToken: await put('BarePermitToken'),
    saltToken: await put('SaltPermitToken'),
    daiToken: await put('DaiToken'),
    strictToken: await put('StrictApproveToken'),
    otherSmartSession: await deployDeterministic(client, {
      account,
      salt,
      initCode: concat([returnsWhatFollows, sessionCode ?? '0x']),
    }),
  };
}
