import { type Hex, numberToHex, size } from 'viem';

/** Largest uint256. */
export const maxUint256 = 2n ** 256n - 1n;

/** One 32-byte word as hex. */
export function toWord(value: bigint): Hex {
  return numberToHex(value, { size: 32 });
}

/**
 * The 32 bytes at a byte offset as an unsigned number, or null when the data ends before them
 * (the EVM's ABI decoders revert there).
 */
export function wordAt(data: Hex, offset: bigint): bigint | null {
  if (offset + 32n > BigInt(size(data))) return null;
  const start = 2 + Number(offset) * 2;
  return BigInt(`0x${data.slice(start, start + 64)}`);
}
