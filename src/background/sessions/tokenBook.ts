import type { Address } from 'viem';
import { spendKind } from '../../protocol/actions/spend';
import { sameAddress } from '../../protocol/address';
import type { Chain } from '../chain/chains';
import type { TokenFacts } from '../chain/tokenReads';
import type { AskedActions } from './checkPrepare';

/** What tokens say of themselves, by chain and address. */
export type TokenBook = { of(chainId: number, address: Address): TokenFacts | undefined };

type Entry = { chainId: number; address: Address; facts: TokenFacts };

/** A book of nothing, for views without a chain at hand. */
export const emptyTokenBook: TokenBook = { of: () => undefined };

/** Reads the fee token, and every target that is called as a token, in one round. A chain that fails leaves a blank. */
export const readTokens = async (
  chains: readonly Chain[],
  asked: readonly AskedActions[],
  feeToken: { address: Address; chainId: number },
): Promise<TokenBook> => {
  const called = asked.flatMap(({ chainId, actions }) =>
    actions
      .filter((action) => spendKind(action.actionTargetSelector) !== null)
      .map((action) => ({ chainId, address: action.actionTarget })),
  );
  const keys = new Map(
    [...called, feeToken].map((token) => [`${token.chainId} ${token.address.toLowerCase()}`, token]),
  );
  const entries = await Promise.all(
    [...keys.values()].map(async ({ chainId, address }): Promise<Entry> => {
      const chain = chains.find((candidate) => candidate.network.chainId === chainId);
      const facts = (await chain?.token(address).catch(() => undefined)) ?? {};
      return { chainId, address, facts };
    }),
  );
  return {
    of: (chainId, address) =>
      entries.find((entry) => entry.chainId === chainId && sameAddress(entry.address, address))?.facts,
  };
};
