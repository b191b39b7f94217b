import { toHex } from 'viem';
import { describe, expect, it } from 'vitest';
import { toWord } from '../word';
import { type ComparisonInput, type RuleInput, readPolicyInput } from './policyInput';
import { encodePolicy } from './registry';

const rule = (changes: Partial<RuleInput> = {}): RuleInput => ({
  condition: 'equal',
  calldataOffset: 0n,
  comparisonValue: 1n,
  ...changes,
});
const read = (changes: Partial<RuleInput>) => {
  const policy = readPolicyInput({ type: 'universal', rules: [rule(changes)] });
  if (policy.type !== 'universal' || policy.rules[0] === undefined) expect.unreachable();
  return policy.rules[0];
};

describe('a policy as people write it', () => {
  it('gets what was left out', () => {
    expect(readPolicyInput({ type: 'universal', rules: [rule()] })).toEqual({
      type: 'universal',
      valueLimitPerUse: 0n,
      rules: [
        {
          condition: 'equal',
          calldataOffset: 0n,
          comparisonValue: toWord(1n),
          isLimited: false,
          usage: { limit: 0n, used: 0n },
        },
      ],
    });
    expect(read({ isLimited: true, usage: { limit: 9n } }).usage).toEqual({ limit: 9n, used: 0n });
    expect(readPolicyInput({ type: 'universal', rules: [], valueLimitPerUse: 1n })).toMatchObject({
      valueLimitPerUse: 1n,
    });
    expect(readPolicyInput({ type: 'usageLimit', limit: 0n })).toEqual({ type: 'usageLimit', limit: 0n });
  });

  it.each<[string, ComparisonInput, bigint]>([
    ['a number', 10_000_000n, 10_000_000n],
    ['a small number', 7, 7n],
    ['a flag', true, 1n],
    ['an address in one letter case', `0x${'ab'.repeat(20)}`, BigInt(`0x${'ab'.repeat(20)}`)],
    ['a few bytes', '0xe5071b8e', 0xe5071b8en],
    ['a word', toHex(2n ** 255n), 2n ** 255n],
    ['a negative number', -1n, 2n ** 256n - 1n],
    ['the least number', -(2n ** 255n), 2n ** 255n],
  ])('compares with %s', (_name, comparisonValue, word) => {
    expect(read({ comparisonValue }).comparisonValue).toBe(toWord(word));
  });

  it('compares with a range', () => {
    const range = read({ condition: 'inRange', comparisonValue: { min: 2n, max: 5n } });
    expect(range.comparisonValue).toBe(toWord((2n << 128n) | 5n));
  });

  it.each<[string, Partial<RuleInput>, string]>([
    ['2^256', { comparisonValue: 2n ** 256n }, 'UNIVERSAL_COMPARISON_VALUE'],
    ['below the least number', { comparisonValue: -(2n ** 255n) - 1n }, 'UNIVERSAL_COMPARISON_VALUE'],
    ['a fraction', { comparisonValue: 1.5 }, 'UNIVERSAL_COMPARISON_VALUE'],
    ['33 bytes', { comparisonValue: `0x${'11'.repeat(33)}` }, 'UNIVERSAL_COMPARISON_VALUE'],
    ['half a byte', { comparisonValue: '0x123' }, 'UNIVERSAL_COMPARISON_VALUE'],
    [
      'a wrong checksum',
      { comparisonValue: '0x833589fcD6eDb6E08f4c7C32D4f71b54bdA02913' },
      'INVALID_ADDRESS',
    ],
    [
      'a range beyond 128 bits',
      { comparisonValue: { min: 0n, max: 2n ** 128n } },
      'UNIVERSAL_COMPARISON_VALUE',
    ],
    ['a negative bound', { condition: 'lessThan', comparisonValue: -1n }, 'RULE_ON_SIGNED_ARGUMENT'],
    ['an offset in words', { calldataOffset: 'one' }, 'UNIVERSAL_OFFSET'],
    ['a fractional offset', { calldataOffset: 16.5 }, 'UNIVERSAL_OFFSET'],
  ])('is refused for %s', (_name, changes, code) => {
    expect(() => read(changes)).toThrow(expect.objectContaining({ code }));
  });

  it.each([
    ['32', 32n],
    ['0x20', 32n],
    [32, 32n],
  ])('reads the offset %s once', (calldataOffset, offset) => {
    expect(read({ calldataOffset }).calldataOffset).toBe(offset);
  });

  it.each<[RuleInput['calldataOffset']]>([[16], [33], [-32], [2n ** 64n]])(
    'leaves the offset %s to be refused when it is encoded',
    (calldataOffset) => {
      const policy = readPolicyInput({ type: 'universal', rules: [rule({ calldataOffset })] });
      expect(() => encodePolicy(policy)).toThrow(expect.objectContaining({ code: 'UNIVERSAL_OFFSET' }));
    },
  );
});
