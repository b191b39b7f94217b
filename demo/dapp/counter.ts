import * as v from 'valibot';
import { hexToBigInt, toFunctionSelector } from 'viem/utils';
import type { DappConfig } from './config';

const answerSchema = v.object({
  result: v.pipe(
    v.string(),
    v.regex(/^0x[0-9a-f]{64}$/),
    v.transform((word) => hexToBigInt(`0x${word.slice(2)}`)),
  ),
});

/** The counter's value, read from the chain by `eth_call`. */
export const readCounter = async ({ rpcUrl, counter }: DappConfig): Promise<bigint> => {
  const call = { to: counter, data: toFunctionSelector('count()') };
  const response = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_call', params: [call, 'latest'] }),
  });
  return v.parse(answerSchema, await response.json()).result;
};
