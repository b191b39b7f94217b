import { describe, expect, it } from 'vitest';
import { amountLine, amountText, formatUnits, groupDigits, nativeLine } from './amountText';

describe('formatUnits', () => {
  it('is exact at every size', () => {
    expect(formatUnits(1n, 18)).toBe('0.000000000000000001');
    expect(formatUnits(1_234_567_890_123_456_789n, 18)).toBe('1.234567890123456789');
    expect(formatUnits(1_234_567_000_000n, 6)).toBe('1,234,567');
    expect(formatUnits(0n, 6)).toBe('0');
    expect(formatUnits(999_999n, 6)).toBe('0.999999');
    expect(formatUnits(-1_500_000n, 6)).toBe('-1.5');
  });

  it('works without decimals and with absurd ones', () => {
    expect(formatUnits(1500n, 0)).toBe('1,500');
    expect(formatUnits(5n, 77)).toBe(`0.${'0'.repeat(76)}5`);
  });
});

describe('groupDigits', () => {
  it('groups by three', () => {
    expect(groupDigits(999n)).toBe('999');
    expect(groupDigits(1000n)).toBe('1,000');
    expect(groupDigits(1_000_000n)).toBe('1,000,000');
  });
});

describe('amountText', () => {
  it('shows base units and says so when decimals are unknown', () => {
    expect(amountText(1_500_000n, {})).toEqual({ number: '1,500,000', unit: 'base units', unlimited: false });
    expect(amountLine(1_500_000n, { symbol: 'USDC' })).toBe('1,500,000 base units of USDC');
  });

  it('cleans the symbol, which the token chose', () => {
    expect(amountLine(1_000_000n, { symbol: 'US\u202EDC', decimals: 6 })).toBe('1 USDC');
  });

  it('calls the largest numbers unlimited, also one below the maximum', () => {
    expect(amountText(2n ** 256n - 1n, { decimals: 6 }).unlimited).toBe(true);
    expect(amountText(2n ** 256n - 2n, { decimals: 6 }).unlimited).toBe(true);
    expect(amountText(2n ** 128n - 1n, { decimals: 6 }).unlimited).toBe(false);
    expect(amountLine(2n ** 256n - 1n, { symbol: 'USDC', decimals: 6 })).toMatch(/^an unlimited amount \(/);
  });
});

describe('nativeLine', () => {
  it('never shows a wei as a coin', () => {
    expect(nativeLine(1n, 'ETH')).toBe('0.000000000000000001 ETH (1 wei)');
    expect(nativeLine(10n ** 18n, 'ETH')).toBe('1 ETH (1,000,000,000,000,000,000 wei)');
  });

  it('manages without a symbol', () => {
    expect(nativeLine(0n, undefined)).toBe('0 of the native coin (0 wei)');
  });
});
