/** Length of a gauge's rail in its own units. */
export const railLength = 1000;

const mostTicks = 40;

/** Part of the rail that `used` of `limit` fills. Something used always shows, and only a full count fills it. */
export function usedLength(used: bigint, limit: bigint): number {
  if (limit <= 0n || used <= 0n) return 0;
  if (used >= limit) return railLength;
  const length = Number((used * BigInt(railLength)) / limit);
  return Math.min(Math.max(length, 6), railLength - 6);
}

/** Positions of the marks along the rail: one per use while they can be told apart, else tenths. */
export function tickPositions(limit: bigint): readonly number[] {
  const parts = limit > 0n && limit <= BigInt(mostTicks) ? Number(limit) : 10;
  return Array.from({ length: parts + 1 }, (_, index) => (index * railLength) / parts);
}
