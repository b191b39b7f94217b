import type { Address } from 'viem';
import type { NodeChain } from './chain';

/** The answer of `GET /v1/info`. */
export function describeNode(node: Address, chains: readonly NodeChain[]): Record<string, unknown> {
  return {
    version: '1.0.0',
    node,
    supportedChains: chains.map(({ chainId, name }) => ({ chainId: String(chainId), name })),
    supportedGasTokens: chains.map(({ chainId, feeTokens }) => ({
      chainId: String(chainId),
      isArbitraryFeeTokensSupported: true,
      paymentTokens: feeTokens,
    })),
    supported_wallet_providers: [
      {
        walletProvider: 'BICO_V2',
        supportedChains: chains.map(({ chainId }) => String(chainId)),
        eoaEnabled: true,
        eoaFusion: true,
      },
    ],
  };
}
