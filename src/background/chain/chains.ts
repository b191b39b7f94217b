import type { Address, Hex } from 'viem';
import type { MeeVersion } from '../../protocol/constants/versions';
import type { Network } from '../../rpc/popup/procedures';
import { unsupportedChain } from '../errors/rpcErrors';
import {
  readAccountAddress,
  readHasCode,
  readModuleInstalled,
  readNonce,
  readPermissionEnabled,
} from './accountReads';
import { createNetworkReaders, orUnreachable } from './networkClient';
import { readOperation } from './operationReads';
import { readToken, type TokenFacts } from './tokenReads';

/** Reads of one chain. Each throws RPC_UNREACHABLE or RPC_WRONG_CHAIN when the chain can't be read. */
export type Chain = {
  network: Network;
  /** Address that the suite's factory gives to this owner's first account (`computeAccountAddress`). */
  accountAddress(owner: Address, version: MeeVersion): Promise<Address>;
  hasCode(address: Address): Promise<boolean>;
  /** Whether SmartSession is installed as a validator; false for an account without code. */
  isSmartSessionInstalled(account: Address): Promise<boolean>;
  /** Symbol and decimals of an ERC-20; each absent when the contract doesn't answer. */
  token(address: Address): Promise<TokenFacts>;
  isPermissionEnabled(permissionId: Hex, account: Address): Promise<boolean>;
  /** EntryPoint `getNonce`: next nonce of a key. */
  nonce(account: Address, key: bigint): Promise<bigint>;
  /** What a transaction did with a user operation, by EntryPoint's event; undefined when it isn't in it (yet). */
  operation(transactionHash: Hex, userOpHash: Hex): Promise<{ success: boolean } | undefined>;
};

/** The configured chains. */
export type Chains = {
  /** Throws UNSUPPORTED_CHAIN (5710). */
  on(chainId: number): Promise<Chain>;
  all(): Promise<readonly Chain[]>;
};

const notConfigured = (chainId: number, networks: readonly Network[]) =>
  unsupportedChain({
    reason: 'UNSUPPORTED_CHAIN',
    message: `Chain ${chainId} isn't configured.`,
    action: 'Use a configured chain, or have the person add this one in the settings.',
    details: { chainId, configured: networks.map((network) => network.chainId) },
  });

export const createChains = (parts: {
  networks: () => Promise<readonly Network[]>;
  fetch: typeof fetch;
}): Chains => {
  const readerOf = createNetworkReaders(parts.fetch);
  const accounts = new Map<string, Address>();

  const chainOf = (network: Network): Chain => {
    const read = readerOf(network);
    const failed = orUnreachable(network);
    return {
      network,
      accountAddress: async (owner, version) => {
        const key = `${network.rpcUrl} ${owner} ${version}`;
        const known = accounts.get(key);
        if (known) return known;
        const address = await read((client) => readAccountAddress(client, owner, version).catch(failed));
        accounts.set(key, address);
        return address;
      },
      hasCode: (address) => read((client) => readHasCode(client, address).catch(failed)),
      isSmartSessionInstalled: (account) =>
        read((client) => readModuleInstalled(client, account).catch(failed)),
      token: (address) => read((client) => readToken(client, address).catch(failed)),
      isPermissionEnabled: (id, account) =>
        read((client) => readPermissionEnabled(client, id, account).catch(failed)),
      nonce: (account, key) => read((client) => readNonce(client, account, key).catch(failed)),
      operation: (hash, userOp) => read((client) => readOperation(client, hash, userOp).catch(failed)),
    };
  };

  return {
    on: async (chainId) => {
      const networks = await parts.networks();
      const network = networks.find((candidate) => candidate.chainId === chainId);
      if (!network) throw notConfigured(chainId, networks);
      return chainOf(network);
    },
    all: async () => (await parts.networks()).map(chainOf),
  };
};
