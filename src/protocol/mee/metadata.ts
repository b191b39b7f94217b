import type { Address } from 'viem';

/** What stands for an amount or address that is read when the call runs. */
export const runtimeMark = 'RUNTIME_VALUE';

/** Human note on an operation; informative only, nothing reads it for safety. */
export type OperationMetadata =
  | { type: 'CUSTOM'; description: string; chainId: number }
  | {
      type: 'TRANSFER';
      tokenAddress: Address;
      fromAddress: Address;
      toAddress: Address;
      /** Smallest unit of the token. */
      amount: bigint | typeof runtimeMark;
      chainId: number;
    };

/** A note on a token transfer. */
export function transferMetadata(
  transfer: Omit<Extract<OperationMetadata, { type: 'TRANSFER' }>, 'type'>,
): OperationMetadata {
  return { type: 'TRANSFER', ...transfer };
}

/** A note in words. */
export function customMetadata(chainId: number, description = 'Custom on-chain action'): OperationMetadata {
  return { type: 'CUSTOM', description, chainId };
}
