import * as v from 'valibot';
import { type Address, BaseError, type Hex } from 'viem';
import { bytesSchema } from '../../rpc/dapp/primitives';
import { RpcAnswerError } from './jsonRpc';
import type { NetworkClient } from './networkClient';

/** Code of JSON-RPC for a call that reverted. */
const revertCode = 3;

const isRevert = (error: unknown): error is RpcAnswerError =>
  error instanceof RpcAnswerError && (error.code === revertCode || /execution reverted/i.test(error.message));

/**
 * `eth_call` at the newest block. Undefined when the call reverts or nothing is there to answer, which is an answer;
 * throws when the chain wasn't reached.
 */
export const callContract = async (
  client: NetworkClient,
  to: Address,
  data: Hex,
): Promise<Hex | undefined> => {
  try {
    const answer = await client.request({ method: 'eth_call', params: [{ to, data }, 'latest'] });
    return answer === '0x' ? undefined : v.parse(bytesSchema, answer);
  } catch (error) {
    if (isRevert(error)) return undefined;
    throw error;
  }
};

const revertSchema = v.pipe(v.string(), v.regex(/^0x(?:[0-9a-fA-F]{2})*$/));

/** Revert data of an RPC error: as `data` itself, or inside it, by the habit of the node. */
const dataOf = ({ data }: RpcAnswerError): Hex => {
  const inner = typeof data === 'object' && data !== null && 'data' in data ? data.data : data;
  const parsed = v.safeParse(revertSchema, inner);
  return parsed.success ? (parsed.output as Hex) : '0x';
};

/** What a call reverts with; null when it goes through. Throws when the chain wasn't reached. */
export const revertDataOf = async (client: NetworkClient, to: Address, data: Hex): Promise<Hex | null> => {
  try {
    await client.request({ method: 'eth_call', params: [{ to, data }, 'latest'] });
    return null;
  } catch (error) {
    if (isRevert(error)) return dataOf(error);
    throw error;
  }
};

/** What `decode` makes of an answer; undefined without one, or when it can't be read as what was asked. */
export const readAs = <T>(answer: Hex | undefined, decode: (data: Hex) => T): T | undefined => {
  if (answer === undefined) return undefined;
  try {
    return decode(answer);
  } catch (error) {
    if (error instanceof BaseError) return undefined;
    throw error;
  }
};
