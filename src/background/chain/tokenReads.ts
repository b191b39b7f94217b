import { type Address, parseAbi } from 'viem';
import { readContract } from 'viem/actions';
import { cleanText } from '../errors/cleanText';
import { saysNothing } from './answers';
import type { NetworkClient } from './networkClient';

const maxSymbolLength = 16;
const maxDecimals = 36;

const tokenAbi = parseAbi([
  'function symbol() view returns (string)',
  'function decimals() view returns (uint8)',
]);

/** What a token says of itself: its own words, cleaned and capped. */
export type TokenFacts = { symbol?: string; decimals?: number };

const orNothing = (error: unknown): undefined => {
  if (saysNothing(error)) return undefined;
  throw error;
};

/** ERC-20 `symbol` and `decimals`. */
export const readToken = async (client: NetworkClient, address: Address): Promise<TokenFacts> => {
  const [symbol, decimals] = await Promise.all([
    readContract(client, { address, abi: tokenAbi, functionName: 'symbol' }).catch(orNothing),
    readContract(client, { address, abi: tokenAbi, functionName: 'decimals' }).catch(orNothing),
  ]);
  const shown = symbol === undefined ? '' : cleanText(symbol, maxSymbolLength);
  return {
    ...(shown === '' ? {} : { symbol: shown }),
    ...(decimals === undefined || decimals > maxDecimals ? {} : { decimals }),
  };
};
