import type { Address, Hex } from 'viem';

/** One call of the smart account: target, native value in wei, calldata. */
export type Call = { to: Address; value: bigint; data: Hex };
