import * as v from 'valibot';
import { concatHex, encodeAbiParameters, type Hex, parseAbiParameters } from 'viem';
import { describe, expect, it } from 'vitest';
import { bytesSchema } from '../mee/wire';
import { toWord } from '../word';
import vectors from './policies.vectors.json';
import type { Policy } from './policy';
import { decodePolicy, encodePolicy } from './registry';

const asHex = (text: string): Hex => v.parse(bytesSchema, text);
const lower = (encoded: { policy: string; initData: string }) => ({
  policy: encoded.policy.toLowerCase(),
  initData: encoded.initData.toLowerCase(),
});

const token = '0x1E10e4f69b1dbABC3CA029D270DE08003F4F14fb';
const otherToken = '0x2093c05666E439c2a951052c3532F72ea0e1AB99';

const known: readonly [keyof typeof vectors, Policy][] = [
  ['policy/sudo', { type: 'sudo' }],
  [
    'policy/universal two rules',
    {
      type: 'universal',
      valueLimitPerUse: 7n,
      rules: [
        {
          condition: 'equal',
          calldataOffset: 0n,
          comparisonValue: toWord(0xdeadn),
          isLimited: false,
          usage: { limit: 0n, used: 0n },
        },
        {
          condition: 'lessThanOrEqual',
          calldataOffset: 32n,
          comparisonValue: toWord(10_000_000n),
          isLimited: true,
          usage: { limit: 25_000_000n, used: 0n },
        },
      ],
    },
  ],
  ['policy/timeframe', { type: 'timeframe', validAfter: 1_700_000_000, validUntil: 1_800_000_000 }],
  ['policy/usageLimit', { type: 'usageLimit', limit: 5n }],
  ['policy/spendingLimits', { type: 'spendingLimits', tokenLimits: [{ token, limit: 10_000_000n }] }],
  [
    'policy/spendingLimits two tokens',
    {
      type: 'spendingLimits',
      tokenLimits: [
        { token, limit: 10n },
        { token: otherToken, limit: 20n },
      ],
    },
  ],
  ['policy/valueLimit', { type: 'valueLimit', limit: 10n ** 18n }],
];

describe('encoding', () => {
  it.each(known)('%s gives the known bytes and reads back', (name, policy) => {
    const { expected } = vectors[name];
    expect(lower(encodePolicy(policy))).toEqual(lower(expected));
    expect(decodePolicy({ policy: encodePolicy(policy).policy, initData: asHex(expected.initData) })).toEqual(
      policy,
    );
  });

  it('writes a time frame without end as zero', () => {
    const { initData } = encodePolicy({ type: 'timeframe', validAfter: 1_700_000_000, validUntil: 0 });
    expect(initData).toBe('0x00000000000000006553f100');
  });
});

describe('decoding what others made', () => {
  const addressOf = (policy: Policy) => encodePolicy(policy).policy;
  const universal = addressOf(known[1]?.[1] ?? { type: 'sudo' });
  const spending = addressOf({ type: 'spendingLimits', tokenLimits: [{ token, limit: 1n }] });

  it('reads a universal policy without rules, which encoding refuses', () => {
    const initData = asHex(
      vectors['policy/universal zero rules (legal to encode, always refused on chain)'].expected.initData,
    );
    expect(decodePolicy({ policy: universal, initData })).toEqual({
      type: 'universal',
      valueLimitPerUse: 0n,
      rules: [],
    });
  });

  it('does not care what fills the unused rule slots', () => {
    const empty = concatHex([toWord(1n), toWord(0n), ...Array.from({ length: 96 }, () => toWord(0n))]);
    expect(decodePolicy({ policy: universal, initData: empty })).toMatchObject({
      valueLimitPerUse: 1n,
      rules: [],
    });
  });

  it('reads an in-range rule', () => {
    const rule = [6n, 64n, 0n, (5n << 128n) | 9n, 0n, 0n].map(toWord);
    const initData = concatHex([
      toWord(0n),
      toWord(1n),
      ...rule,
      ...Array.from({ length: 90 }, () => toWord(0n)),
    ]);
    const decoded = decodePolicy({ policy: universal, initData });
    expect(decoded).toMatchObject({ rules: [{ condition: 'inRange', calldataOffset: 64n }] });
    expect(encodePolicy(decoded).initData.slice(0, 400)).toBe(initData.slice(0, 400));
  });

  it('reads spending limits whose lists stand in the other order', () => {
    const initData = concatHex([
      ...[0x80n, 0x40n, 1n, 77n, 1n].map(toWord),
      encodeAbiParameters(parseAbiParameters('address'), [token]),
    ]);
    expect(decodePolicy({ policy: spending, initData })).toEqual({
      type: 'spendingLimits',
      tokenLimits: [{ token, limit: 77n }],
    });
  });

  it.each([
    ['an unknown contract', { policy: token, initData: '0x' }, 'POLICY_UNKNOWN'],
    ['short rules', { policy: universal, initData: toWord(0n) }, 'POLICY_MALFORMED'],
    ['17 rules', { policy: universal, initData: words(98, { 1: 17n }) }, 'POLICY_MALFORMED'],
    [
      'an unknown condition',
      { policy: universal, initData: words(98, { 1: 1n, 2: 7n }) },
      'POLICY_MALFORMED',
    ],
    [
      'an offset beyond 64 bits',
      { policy: universal, initData: words(98, { 1: 1n, 3: 2n ** 64n }) },
      'POLICY_MALFORMED',
    ],
    ['a flag that is 2', { policy: universal, initData: words(98, { 1: 1n, 4: 2n }) }, 'POLICY_MALFORMED'],
    ['cut spending limits', { policy: spending, initData: words(3, { 0: 64n, 1: 96n }) }, 'POLICY_MALFORMED'],
    [
      'a token with dirty upper bytes',
      { policy: spending, initData: words(6, { 0: 64n, 1: 128n, 2: 1n, 3: 2n ** 160n, 4: 1n, 5: 1n }) },
      'POLICY_MALFORMED',
    ],
    [
      'two tokens and one limit',
      { policy: spending, initData: words(7, { 0: 64n, 1: 160n, 2: 2n, 3: 1n, 4: 2n, 5: 1n, 6: 1n }) },
      'POLICY_MALFORMED',
    ],
  ] as const)('refuses %s', (_name, encoded, code) => {
    expect(() => decodePolicy(encoded)).toThrow(expect.objectContaining({ code }));
  });

  it.each<Policy>([
    { type: 'timeframe', validAfter: 1, validUntil: 2 },
    { type: 'usageLimit', limit: 1n },
    { type: 'valueLimit', limit: 1n },
  ])('refuses a short $type', (policy) => {
    const encoded = encodePolicy(policy);
    const cut = { ...encoded, initData: asHex(encoded.initData.slice(0, -2)) };
    expect(() => decodePolicy(cut)).toThrow(expect.objectContaining({ code: 'POLICY_MALFORMED' }));
  });
});

function words(count: number, set: Readonly<Record<number, bigint>>): Hex {
  return concatHex(Array.from({ length: count }, (_, index) => toWord(set[index] ?? 0n)));
}
