import { describe, expect, it } from 'vitest';
import { maxUint256, toWord } from '../word';
import type { Policy, UniversalRule } from './policy';
import { encodePolicy, validatePolicy } from './registry';

const token = '0x1E10e4f69b1dbABC3CA029D270DE08003F4F14fb';
const rule: UniversalRule = {
  condition: 'equal',
  calldataOffset: 0n,
  comparisonValue: toWord(1n),
  isLimited: false,
  usage: { limit: 0n, used: 0n },
};
const universal = (...changes: readonly Partial<UniversalRule>[]): Policy => ({
  type: 'universal',
  valueLimitPerUse: 0n,
  rules: changes.map((change) => ({ ...rule, ...change })),
});
const distinct = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ calldataOffset: BigInt(index) * 32n }));
const time = (validAfter: number, validUntil: number): Policy => ({
  type: 'timeframe',
  validAfter,
  validUntil,
});
const spending = (...tokenLimits: readonly { token: `0x${string}`; limit: bigint }[]): Policy => ({
  type: 'spendingLimits',
  tokenLimits,
});

describe('refused', () => {
  it.each<[string, Policy, string]>([
    ['no rules', universal(), 'UNIVERSAL_NO_RULES'],
    ['17 rules', universal(...distinct(17)), 'UNIVERSAL_TOO_MANY_RULES'],
    ['an offset of half a word', universal({ calldataOffset: 16n }), 'UNIVERSAL_OFFSET'],
    ['an offset one byte off', universal({ calldataOffset: 33n }), 'UNIVERSAL_OFFSET'],
    ['a negative offset', universal({ calldataOffset: -32n }), 'UNIVERSAL_OFFSET'],
    ['an offset of 2^64', universal({ calldataOffset: 2n ** 64n }), 'UNIVERSAL_OFFSET'],
    ['a comparison value of 20 bytes', universal({ comparisonValue: token }), 'UNIVERSAL_COMPARISON_VALUE'],
    ['a cumulative limit of zero', universal({ isLimited: true }), 'UNIVERSAL_LIMIT_ZERO'],
    [
      'a limit used up from the start',
      universal({ isLimited: true, usage: { limit: 5n, used: 5n } }),
      'UNIVERSAL_LIMIT_USED_UP',
    ],
    ['a limit that never counts', universal({ usage: { limit: 5n, used: 0n } }), 'UNIVERSAL_LIMIT_IGNORED'],
    [
      'a limit of 2^256',
      universal({ isLimited: true, usage: { limit: 2n ** 256n, used: 0n } }),
      'UNIVERSAL_RANGE',
    ],
    [
      'less than zero',
      universal({ condition: 'lessThan', comparisonValue: toWord(0n) }),
      'UNIVERSAL_IMPOSSIBLE',
    ],
    [
      'more than the largest word',
      universal({ condition: 'greaterThan', comparisonValue: toWord(maxUint256) }),
      'UNIVERSAL_IMPOSSIBLE',
    ],
    [
      'a reversed range',
      universal({ condition: 'inRange', comparisonValue: toWord(9n << 128n) }),
      'UNIVERSAL_IMPOSSIBLE',
    ],
    [
      'the same word equal to two values',
      universal({}, { comparisonValue: toWord(2n) }),
      'UNIVERSAL_DUPLICATE_RULE',
    ],
    ['a time frame of nothing', time(0, 0), 'TIMEFRAME_EMPTY'],
    ['an end before the start', time(1_800_000_000, 1_700_000_000), 'TIMEFRAME_REVERSED'],
    ['an end at the start', time(1_700_000_000, 1_700_000_000), 'TIMEFRAME_REVERSED'],
    ['milliseconds', time(0, 1_800_000_000_000), 'TIMEFRAME_MILLISECONDS'],
    ['a time of 2^48', time(0, 2 ** 48), 'TIMEFRAME_RANGE'],
    ['half a second', time(0, 1_800_000_000.5), 'TIMEFRAME_RANGE'],
    ['a negative time', time(-1, 1_800_000_000), 'TIMEFRAME_RANGE'],
    ['zero uses', { type: 'usageLimit', limit: 0n }, 'USAGE_LIMIT_RANGE'],
    ['-1 uses', { type: 'usageLimit', limit: -1n }, 'USAGE_LIMIT_RANGE'],
    ['2^128 uses', { type: 'usageLimit', limit: 2n ** 128n }, 'USAGE_LIMIT_RANGE'],
    ['no tokens', spending(), 'SPENDING_LIMITS_EMPTY'],
    ['a token limit of zero', spending({ token, limit: 0n }), 'SPENDING_LIMIT_RANGE'],
    ['a token limit of 2^256', spending({ token, limit: 2n ** 256n }), 'SPENDING_LIMIT_RANGE'],
    [
      'one token twice, in two letter cases',
      spending({ token, limit: 1n }, { token: '0x1e10e4f69b1dbabc3ca029d270de08003f4f14fb', limit: 2n }),
      'SPENDING_LIMIT_DUPLICATE',
    ],
    [
      'the zero token',
      spending({ token: '0x0000000000000000000000000000000000000000', limit: 1n }),
      'SPENDING_LIMIT_TOKEN',
    ],
    [
      'a token with a wrong checksum',
      spending({ token: '0x1E10e4f69b1dbABC3CA029D270DE08003F4F14fB', limit: 1n }),
      'INVALID_ADDRESS',
    ],
    ['no native value', { type: 'valueLimit', limit: 0n }, 'VALUE_LIMIT_RANGE'],
  ])('%s', (_name, policy, code) => {
    expect(() => encodePolicy(policy)).toThrow(expect.objectContaining({ code }));
  });
});

describe('accepted', () => {
  it.each<[string, Policy]>([
    ['16 rules', universal(...distinct(16))],
    [
      'two values that must not be',
      universal({ condition: 'notEqual' }, { condition: 'notEqual', comparisonValue: toWord(2n) }),
    ],
    [
      'bounds on both sides',
      universal({ condition: 'greaterThan' }, { condition: 'lessThan', comparisonValue: toWord(9n) }),
    ],
    ['the last whole offset', universal({ calldataOffset: 2n ** 64n - 32n })],
    ['no start', time(0, 1_800_000_000)],
    ['no end', time(1_700_000_000, 0)],
    ['the last time', time(0, 2 ** 48 - 1)],
    ['2^128 - 1 uses', { type: 'usageLimit', limit: 2n ** 128n - 1n }],
    ['the largest token limit', spending({ token, limit: maxUint256 })],
  ])('%s', (_name, policy) => {
    expect(() => validatePolicy(policy)).not.toThrow();
  });
});
