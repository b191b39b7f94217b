import * as v from 'valibot';
import { type Address, BaseError, type Hex, RpcRequestError } from 'viem';
import { bytesSchema } from '../../rpc/dapp/schema';
import type { NetworkClient } from './networkClient';

/** Code of JSON-RPC for a call that reverted. */
const revertCode = 3;

const isRevert = (cause: unknown): boolean =>
  cause instanceof RpcRequestError &&
  (cause.code === revertCode || /execution reverted/i.test(cause.details));

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
    if (error instanceof BaseError && error.walk(isRevert) !== null) return undefined;
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
