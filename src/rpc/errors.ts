/** Error codes that a page can see: EIP-1193, EIP-1474, EIP-5792. */
export const rpcErrorCodes = {
  userRejected: 4001,
  unauthorized: 4100,
  unsupportedMethod: 4200,
  disconnected: 4900,
  unsupportedChain: 5710,
  invalidParams: -32602,
  internal: -32603,
  unavailable: -32000,
  tooManyRequests: -32002,
} as const;

export type RpcErrorCode = (typeof rpcErrorCodes)[keyof typeof rpcErrorCodes];

/** Facts beside an error. JSON-safe (amounts as decimal strings), never a secret. */
export type RpcErrorData = {
  /** Stable name of the reason, such as `USAGE_LIMIT` or `QUOTE_MISMATCH`. */
  reason: string;
  /** One sentence: what to do next. */
  action: string;
  /** Field, path or numbers that belong to the reason. */
  details?: Record<string, unknown>;
};

/** What travels to the page in place of an Error object, which loses its code on the way. */
export type SerializedRpcError = { code: number; message: string; data?: RpcErrorData };

/**
 * An error with a code that a dapp can act on, a sentence that a person understands and what to do.
 *
 * Source: EIP-1193 `ProviderRpcError`.
 */
export class RpcError extends Error {
  override readonly name = 'RpcError';

  constructor(
    readonly code: number,
    message: string,
    readonly data: RpcErrorData,
    options?: { cause: unknown },
  ) {
    super(message, options);
  }

  toJSON(): SerializedRpcError {
    return { code: this.code, message: this.message, data: this.data };
  }
}
