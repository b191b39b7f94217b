import { RpcError, type RpcErrorCode, rpcErrorCodes } from '../../rpc/errors';

/** Parts of a typed error: stable UPPER_SNAKE reason, a plain sentence, what to do, JSON-safe facts. */
export type ErrorParts = {
  reason: string;
  message: string;
  action: string;
  details?: Record<string, unknown>;
  cause?: unknown;
};

const makeError =
  (code: RpcErrorCode) =>
  ({ reason, message, action, details, cause }: ErrorParts): RpcError =>
    new RpcError(
      code,
      message,
      { reason, action, ...(details === undefined ? {} : { details }) },
      cause === undefined ? undefined : { cause },
    );

/** The request itself is wrong (-32602). */
export const invalidParams = makeError(rpcErrorCodes.invalidParams);
/** The person said no, by whichever way (4001). */
export const userRejected = makeError(rpcErrorCodes.userRejected);
/** Not connected, locked, no such grant, or outside of it (4100). */
export const unauthorized = makeError(rpcErrorCodes.unauthorized);
/** A method that isn't offered (4200). */
export const unsupportedMethod = makeError(rpcErrorCodes.unsupportedMethod);
/** A chain that isn't configured (5710). */
export const unsupportedChain = makeError(rpcErrorCodes.unsupportedChain);
/** Right in itself and not possible now: node, chain, fee (-32000). */
export const unavailable = makeError(rpcErrorCodes.unavailable);
/** Something of this site already waits, or too much does (-32002). */
export const tooManyRequests = makeError(rpcErrorCodes.tooManyRequests);
/** A defect of the companion (-32603). */
export const internalError = makeError(rpcErrorCodes.internal);

/** Whether an error is a typed one with this reason. */
export const hasReason = (error: unknown, reason: string): error is RpcError =>
  error instanceof RpcError && error.data.reason === reason;
