import fc, { type Arbitrary } from 'fast-check';
import { type Address, getAddress, numberToHex } from 'viem';
import { describe, expect, it } from 'vitest';
import { maxUint256, toWord } from '../word';
import type { Policy, PolicyType, UniversalRule } from './policy';
import { decodePolicy, encodePolicy } from './registry';
import { universalConditions } from './universalConditions';

const anyWord = fc.oneof(fc.bigInt(0n, maxUint256), fc.bigInt(0n, 1_000n), fc.constant(maxUint256));

/** Any checksummed address but zero. */
const anyAddress: Arbitrary<Address> = fc
  .bigInt(1n, 2n ** 160n - 1n)
  .map((value) => getAddress(numberToHex(value, { size: 20 })));

const anyUsage = fc.oneof(
  fc.constant({ isLimited: false, usage: { limit: 0n, used: 0n } }),
  fc
    .tuple(fc.bigInt(1n, maxUint256), fc.bigInt(0n, maxUint256))
    .map(([limit, used]) => ({ isLimited: true, usage: { limit, used: used % limit } })),
);

const anyRule: Arbitrary<UniversalRule> = fc
  .tuple(fc.constantFrom(...universalConditions), fc.bigInt(0n, 2n ** 59n - 1n), anyWord, anyUsage)
  .map(([condition, word, reference, usage]) => ({
    condition,
    calldataOffset: word * 32n,
    comparisonValue: toWord(reachable(condition, reference)),
    ...usage,
  }));

function reachable(condition: UniversalRule['condition'], reference: bigint): bigint {
  if (condition === 'lessThan' && reference === 0n) return 1n;
  if (condition === 'greaterThan' && reference === maxUint256) return 0n;
  if (condition !== 'inRange') return reference;
  const [min, max] = [reference >> 128n, reference & (2n ** 128n - 1n)];
  return min <= max ? reference : (max << 128n) | min;
}

const anyTime = fc.integer({ min: 1, max: 99_999_999_998 });

/** A generator of valid policies of each type. */
const anyPolicy: { [T in PolicyType]: Arbitrary<Extract<Policy, { type: T }>> } = {
  sudo: fc.constant({ type: 'sudo' }),
  universal: fc
    .tuple(
      anyWord,
      fc.uniqueArray(anyRule, {
        minLength: 1,
        maxLength: 16,
        selector: ({ condition, calldataOffset }) => `${condition}${calldataOffset}`,
      }),
    )
    .map(([valueLimitPerUse, rules]) => ({ type: 'universal', valueLimitPerUse, rules })),
  timeframe: fc.oneof(
    anyTime.map((validAfter) => ({ type: 'timeframe' as const, validAfter, validUntil: 0 })),
    fc.tuple(fc.integer({ min: 0, max: 99_999_999_997 }), anyTime).map(([validAfter, length]) => ({
      type: 'timeframe' as const,
      validAfter,
      validUntil: Math.min(validAfter + length, 99_999_999_999),
    })),
    fc.constant({ type: 'timeframe' as const, validAfter: 0, validUntil: 2 ** 48 - 1 }),
  ),
  usageLimit: fc.bigInt(1n, 2n ** 128n - 1n).map((limit) => ({ type: 'usageLimit', limit })),
  spendingLimits: fc
    .uniqueArray(fc.record({ token: anyAddress, limit: fc.bigInt(1n, maxUint256) }), {
      minLength: 1,
      maxLength: 6,
      selector: ({ token }) => token,
    })
    .map((tokenLimits) => ({ type: 'spendingLimits', tokenLimits })),
  valueLimit: fc.bigInt(1n, maxUint256).map((limit) => ({ type: 'valueLimit', limit })),
};

describe('decode(encode(x)) is x', () => {
  it.each(['sudo', 'universal', 'timeframe', 'usageLimit', 'spendingLimits', 'valueLimit'] as const)(
    '%s',
    (type) => {
      const arbitrary: Arbitrary<Policy> = anyPolicy[type];
      fc.assert(
        fc.property(arbitrary, (policy) => {
          expect(decodePolicy(encodePolicy(policy))).toEqual(policy);
        }),
        { numRuns: 10_000 },
      );
    },
    180_000,
  );
});
