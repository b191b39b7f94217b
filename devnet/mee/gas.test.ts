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
  const plain = { deploys: false, bySession: false, signedBy: 'simple' } as const;
  it.each([
    [150_000n, { ...plain, deploys: true }, 650_000n],
    [undefined, plain, 150_000n],
    [1_000_000n, { ...plain, bySession: true }, 1_300_000n],
    [250_000n, { ...plain, bySession: true }, 550_000n],
    [150_000n, { ...plain, signedBy: 'permit' } as const, 300_000n],
    [150_000n, { ...plain, deploys: true, signedBy: 'onchain' } as const, 1_350_000n],
  ])('%s asked, %o', (requested, kind, expected) => {
    expect(verificationGasFor(requested, kind)).toBe(expected);
  });
});
