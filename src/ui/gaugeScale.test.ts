import { describe, expect, it } from 'vitest';
import { railLength, tickPositions, usedLength } from './gaugeScale';

describe('usedLength', () => {
  it('is proportional', () => {
    expect(usedLength(1n, 4n)).toBe(250);
    expect(usedLength(0n, 3n)).toBe(0);
  });

  it('is full only when nothing is left', () => {
    expect(usedLength(3n, 3n)).toBe(railLength);
    expect(usedLength(4n, 3n)).toBe(railLength);
    expect(usedLength(10n ** 30n - 1n, 10n ** 30n)).toBeLessThan(railLength);
  });

  it('shows a first small use', () => {
    expect(usedLength(1n, 10n ** 30n)).toBeGreaterThan(0);
  });
});

describe('tickPositions', () => {
  it('has one part per use for small limits', () => {
    expect(tickPositions(4n)).toEqual([0, 250, 500, 750, 1000]);
  });

  it('falls back to tenths', () => {
    expect(tickPositions(10n ** 20n)).toHaveLength(11);
  });
});
