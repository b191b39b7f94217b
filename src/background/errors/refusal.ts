import { RpcError } from '../../rpc/errors';

/** The typed error that a check throws, or undefined when it passes. Anything else it throws comes out. */
export const refusalOf = async (check: () => Promise<void>): Promise<RpcError | undefined> => {
  try {
    await check();
    return undefined;
  } catch (error) {
    if (error instanceof RpcError) return error;
    throw error;
  }
};
