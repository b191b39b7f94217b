import { type Address, decodeFunctionResult, encodeFunctionData, parseAbi } from 'viem';
import { tokenReadsAbi } from '../../protocol/constants/abis';
import { cleanText } from '../errors/cleanText';
import { callContract, readAs } from './contractRead';
import type { NetworkClient } from './networkClient';

const maxSymbolLength = 16;
const maxDecimals = 36;

const tokenAbi = parseAbi([
  'function symbol() view returns (string)',
  'function decimals() view returns (uint8)',
]);

/** What a token says of itself: its own words, cleaned and capped. */
export type TokenFacts = { symbol?: string; decimals?: number };

const symbolCall = { abi: tokenAbi, functionName: 'symbol' } as const;
const decimalsCall = { abi: tokenAbi, functionName: 'decimals' } as const;

/** ERC-20 `symbol` and `decimals`. */
export const readToken = async (client: NetworkClient, address: Address): Promise<TokenFacts> => {
  const answers = await Promise.all(
    [symbolCall, decimalsCall].map((call) => callContract(client, address, encodeFunctionData(call))),
  );
  const symbol = readAs(answers[0], (data) => decodeFunctionResult({ ...symbolCall, data })) ?? '';
  const decimals = readAs(answers[1], (data) => decodeFunctionResult({ ...decimalsCall, data }));
  const shown = cleanText(symbol, maxSymbolLength);
  return {
    ...(shown === '' ? {} : { symbol: shown }),
    ...(decimals === undefined || decimals > maxDecimals ? {} : { decimals }),
  };
};

/** ERC-20 `balanceOf`; undefined when the contract doesn't answer. Base units. */
export const readTokenBalance = async (
  client: NetworkClient,
  token: Address,
  owner: Address,
): Promise<bigint | undefined> => {
  const call = { abi: tokenReadsAbi, functionName: 'balanceOf' } as const;
  const answer = await callContract(client, token, encodeFunctionData({ ...call, args: [owner] }));
  return readAs(answer, (data) => decodeFunctionResult({ ...call, data }));
};
