import type { Address } from 'viem';
import type { Network } from '../../rpc/popup/settings';
import { unsupportedChain } from '../errors/rpcErrors';
import { type Chain, createChain } from './chain';
import { createNetworkReaders } from './networkClient';

export type { Chain } from './chain';

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
  const addresses = new Map<string, Address>();
  const chainOf = (network: Network): Chain => createChain(network, readerOf(network), addresses);
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
