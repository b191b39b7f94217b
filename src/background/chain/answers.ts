import {
  BaseError,
  ContractFunctionRevertedError,
  ContractFunctionZeroDataError,
  HttpRequestError,
  RpcRequestError,
  TimeoutError,
} from 'viem';

const isAnswer = (cause: unknown): boolean =>
  cause instanceof ContractFunctionZeroDataError || cause instanceof ContractFunctionRevertedError;

const isTransport = (cause: unknown): boolean =>
  cause instanceof HttpRequestError || cause instanceof RpcRequestError || cause instanceof TimeoutError;

/**
 * Whether a contract answered, with nothing, a revert or bytes that can't be read as asked. False when it wasn't
 * reached, so that nothing is known.
 */
export const saysNothing = (error: unknown): boolean => {
  if (!(error instanceof BaseError)) return false;
  return error.walk(isAnswer) !== null || error.walk(isTransport) === null;
};
