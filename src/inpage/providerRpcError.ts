/**
 * The error that a page gets.
 *
 * Source: EIP-1193 `ProviderRpcError`.
 */
export class ProviderRpcError extends Error {
  override readonly name = 'ProviderRpcError';

  constructor(
    readonly code: number,
    message: string,
    readonly data?: unknown,
  ) {
    super(message);
  }
}
