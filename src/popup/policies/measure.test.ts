import { describe, expect, it } from 'vitest';
import type { UniversalPolicy } from '../../protocol/policies/policy';
import { sampleAction, token } from '../testing/reviewSamples';
import { measured, measureOf } from './measure';
import { widenedText } from './widenedText';

const ceiling = (calldataOffset: bigint): UniversalPolicy => ({
  type: 'universal',
  valueLimitPerUse: 0n,
  rules: [
    {
      condition: 'lessThanOrEqual',
      calldataOffset,
      comparisonValue: `0x${'00'.repeat(32)}`,
      isLimited: true,
      usage: { limit: 1n, used: 0n },
    },
  ],
});

const transfer = sampleAction({
  target: token,
  selector: '0xa9059cbb',
  token: { symbol: 'USDC', decimals: 6 },
  policies: [ceiling(32n)],
});

describe('measureOf', () => {
  it('counts in the token’s unit only where the rule is about the amount', () => {
    const rule = { policy: 'universal', rule: 0 } as const;
    expect(measureOf(transfer, rule)).toEqual({ kind: 'token', unit: { symbol: 'USDC', decimals: 6 } });
    expect(measureOf({ ...transfer, policies: [ceiling(0n)] }, rule)).toEqual({ kind: 'number' });
    expect(measureOf({ ...transfer, selector: '0x5b34b966' }, rule)).toEqual({ kind: 'number' });
    expect(measureOf(transfer, { policy: 'universal', rule: 1 })).toEqual({ kind: 'number' });
  });

  it('falls back to base units of a token that could not be read', () => {
    const { token: _unit, ...unread } = transfer;
    const measure = measureOf(unread, { policy: 'spendingLimits' });
    expect(measured(1500n, measure, 'ETH')).toBe('1,500 base units');
  });
});

describe('measured', () => {
  it('says what is counted', () => {
    expect(measured(1n, { kind: 'calls' }, undefined)).toBe('1 call');
    expect(measured(0n, { kind: 'calls' }, undefined)).toBe('0 calls');
    expect(measured(10n ** 17n, { kind: 'native' }, 'ETH')).toContain('0.1 ETH');
  });
});

describe('widenedText', () => {
  it('names what was asked for, what the chain enforces, and what is for fees', () => {
    const rule = {
      policy: 'universal',
      rule: 0,
      limit: 'total',
      asked: 10_000_000n,
      granted: 15_000_000n,
    } as const;
    expect(widenedText(rule, transfer, 'ETH')).toBe(
      'The site asked for 10 USDC in all. The chain will enforce 15 USDC, of which 5 USDC are for fees. ' +
        'Latchkey keeps the site at 10 USDC.',
    );
  });

  it('counts calls as calls', () => {
    const rule = { policy: 'usageLimit', limit: 'calls', asked: 3n, granted: 4n } as const;
    expect(widenedText(rule, transfer, 'ETH')).toContain('of which 1 call is for fees');
  });
});
