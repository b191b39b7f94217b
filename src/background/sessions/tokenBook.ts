import type { Address } from 'viem';
import { spendKind } from '../../protocol/actions/spend';
import { sameAddress } from '../../protocol/address';
import type { PrepareParams } from '../../rpc/dapp/prepareParams';
import type { PrepareReview } from '../../rpc/popup/review';
import type { Chain } from '../chain/chains';
import type { TokenFacts } from '../chain/tokenReads';

/** What tokens say of themselves, by chain and address. */
export type TokenBook = { of(chainId: number, address: Address): TokenFacts | undefined };

type TokenOnChain = { chainId: number; address: Address };
type Entry = TokenOnChain & { facts: TokenFacts };

/** A book of nothing, for views without a chain at hand. */
export const emptyTokenBook: TokenBook = { of: () => undefined };

/** Tokens as a review showed them. */
export const tokensOfReview = (review: PrepareReview | undefined): TokenBook => {
  const shown = [...(review?.exposure ?? []), ...(review?.feeBudget ? [review.feeBudget] : [])];
  return {
    of: (chainId, address) => {
      const entry = shown.find((one) => one.chainId === chainId && sameAddress(one.token, address));
      if (entry === undefined) return undefined;
      const { symbol, decimals } = entry;
      return { ...(symbol === undefined ? {} : { symbol }), ...(decimals === undefined ? {} : { decimals }) };
    },
  };
};

/** Everything in a PREPARE that may be a token: what pays, what comes in, what goes out, what is called as one. */
export const tokensOfPrepare = (params: PrepareParams): readonly TokenOnChain[] => {
  const { enableSession, feeToken, trigger, cleanUps, instructions } = params;
  const granted = (enableSession?.actions ?? []).flatMap(({ chainId, actions }) =>
    actions
      .filter((action) => spendKind(action.actionTargetSelector) !== null)
      .map((action) => ({ chainId, address: action.actionTarget })),
  );
  const called = instructions.flatMap(({ chainId, calls }) =>
    calls
      .filter((call) => spendKind('data' in call ? `0x${call.data.slice(2, 10)}` : call.selector) !== null)
      .map((call) => ({ chainId, address: call.to })),
  );
  return [
    ...granted,
    ...called,
    ...(feeToken ? [feeToken] : []),
    ...[...(trigger ? [trigger] : []), ...cleanUps].map(({ chainId, tokenAddress }) => ({
      chainId,
      address: tokenAddress,
    })),
  ];
};

/** Reads tokens, each once, in one round. A chain that fails leaves a blank. */
export const readTokens = async (
  chains: readonly Chain[],
  tokens: readonly TokenOnChain[],
): Promise<TokenBook> => {
  const keys = new Map(tokens.map((token) => [`${token.chainId} ${token.address.toLowerCase()}`, token]));
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
