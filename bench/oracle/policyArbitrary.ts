import fc, { type Arbitrary } from 'fast-check';
import type { Policy, UniversalRule } from '../../src/protocol/policies/policy';
import { universalConditions } from '../../src/protocol/policies/universalConditions';
import { toWord } from '../../src/protocol/word';
import { alice, anyAmount, bob, counter, token } from './pools';

/** Around this time (unix seconds) everything happens. */
export const startTime = 1_900_000_000;

type Compared = Pick<UniversalRule, 'condition' | 'calldataOffset'> & { reference: bigint };

const anyRange = fc.tuple(fc.bigInt(0n, 4n), fc.bigInt(0n, 20n)).map(([min, max]) => (min << 128n) | max);
const anyAddress = fc.constantFrom(BigInt(alice), BigInt(bob));

const onAmount: Arbitrary<Compared> = fc.record({
  condition: fc.constantFrom(
    ...universalConditions,
    'lessThanOrEqual',
    'lessThanOrEqual',
    'greaterThanOrEqual',
  ),
  calldataOffset: fc.constantFrom(32n, 32n, 64n),
  reference: fc.oneof({ weight: 4, arbitrary: anyAmount }, { weight: 1, arbitrary: anyRange }),
});

const onAddress: Arbitrary<Compared> = fc.record({
  condition: fc.constantFrom('equal', 'notEqual'),
  calldataOffset: fc.constantFrom(0n, 0n, 32n),
  reference: anyAddress,
});

const onAnything: Arbitrary<Compared> = fc.record({
  condition: fc.constantFrom(...universalConditions),
  calldataOffset: fc.constantFrom(0n, 1n, 33n, 96n, 2n ** 32n, 2n ** 64n - 36n, 2n ** 64n - 1n),
  reference: fc.oneof(anyAmount, anyRange, anyAddress),
});

/** Any rule that the contract stores, sensible or not. */
export const anyRule: Arbitrary<UniversalRule> = fc
  .record({
    compared: fc.oneof(
      { weight: 8, arbitrary: onAmount },
      { weight: 4, arbitrary: onAddress },
      { weight: 1, arbitrary: onAnything },
    ),
    isLimited: fc.boolean(),
    limit: anyAmount,
    used: fc.constantFrom(0n, 0n, 0n, 1n, 7n),
  })
  .map(({ compared: { reference, ...rest }, isLimited, limit, used }) => ({
    ...rest,
    comparisonValue: toWord(reference),
    isLimited,
    usage: { limit, used },
  }));

const anyStart = fc.constantFrom(0, startTime - 100, startTime, startTime + 50);
const anyLength = fc.constantFrom(0, 1, 50, 100, 2 ** 40);

const anyTimeframe: Arbitrary<Policy> = fc
  .tuple(anyStart, fc.option(anyLength, { freq: 3 }))
  .map(([validAfter, length]) => ({
    type: 'timeframe',
    validAfter,
    validUntil: length === null ? 0 : Math.max(validAfter, startTime - 100) + length,
  }));

const anyUniversal: Arbitrary<Policy> = fc
  .tuple(
    fc.oneof({ weight: 3, arbitrary: fc.constant(0n) }, { weight: 2, arbitrary: anyAmount }),
    fc.oneof(
      { weight: 12, arbitrary: fc.array(anyRule, { maxLength: 3 }) },
      { weight: 1, arbitrary: fc.array(anyRule, { minLength: 15, maxLength: 16 }) },
    ),
  )
  .map(([valueLimitPerUse, rules]) => ({ type: 'universal', valueLimitPerUse, rules }));

const aboveZero = anyAmount.map((amount) => (amount === 0n ? 8n : amount));

const anySpendingLimits: Arbitrary<Policy> = fc
  .array(fc.record({ token: fc.constantFrom(token, token, counter), limit: aboveZero }), { maxLength: 3 })
  .map((tokenLimits) => ({ type: 'spendingLimits', tokenLimits }));

/** Any policy that its contract accepts when a session is enabled. */
export const anyPolicy: Arbitrary<Policy> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Policy>({ type: 'sudo' }) },
  { weight: 4, arbitrary: anyUniversal },
  { weight: 2, arbitrary: anyTimeframe },
  {
    weight: 2,
    arbitrary: aboveZero.map((limit): Policy => ({ type: 'usageLimit', limit: limit % 2n ** 128n || 3n })),
  },
  { weight: 2, arbitrary: anySpendingLimits },
  { weight: 2, arbitrary: aboveZero.map((limit): Policy => ({ type: 'valueLimit', limit })) },
);
