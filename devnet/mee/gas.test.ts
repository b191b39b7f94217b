import { describe, expect, it } from 'vitest';
import { feeFor, verificationGasFor } from './gas';

describe('feeFor', () => {
  it.each([
    [0n, 6, 10_000n, '0.01'],
    [3_000_000n, 6, 22_000n, '0.022'],
    [3_000_000n, 18, 22_000_000_000_000_000n, '0.022'],
    [250n, 0, 0n, '0'],
  ])('%s gas in a token of %s decimals', (gas, decimals, amount, text) => {
    expect(feeFor(gas, decimals)).toEqual({ amount, text });
  });
});

describe('verificationGasFor', () => {
  it.each([
    [150_000n, { deploys: true, bySession: false }, 650_000n],
    [undefined, { deploys: false, bySession: false }, 150_000n],
    [1_000_000n, { deploys: false, bySession: true }, 1_300_000n],
    [250_000n, { deploys: false, bySession: true }, 550_000n],
  ])('%s asked, %o', (requested, kind, expected) => {
    expect(verificationGasFor(requested, kind)).toBe(expected);
  });
});
