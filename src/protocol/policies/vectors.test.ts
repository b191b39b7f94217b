import { describe, expect, it } from 'vitest';
import { asAddress, asHex, plain, vectorChecks } from '../testing/vectors';
import { toWord } from '../word';
import vectors from './policies.vectors.json';
import type { Policy } from './policy';
import { decodePolicy, encodePolicy } from './registry';

type Recorded = { expected: { policy: string; initData: string } };

/** The policy gives the known bytes, and the known bytes give the policy. */
const is =
  (policy: Policy) =>
  ({ expected: { policy: contract, initData } }: Recorded): void => {
    expect(plain(encodePolicy(policy))).toBe(plain({ policy: contract, initData }));
    expect(decodePolicy({ policy: asAddress(contract), initData: asHex(initData) })).toEqual(policy);
  };

const checks = vectorChecks(vectors, {
  'policy/sudo': is({ type: 'sudo' }),
  'policy/universal two rules': is({
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
  }),
  'policy/universal zero rules (legal to encode, always refused on chain)': ({ expected }) => {
    const policy: Policy = { type: 'universal', valueLimitPerUse: 0n, rules: [] };
    const encoded = { policy: asAddress(expected.policy), initData: asHex(expected.initData) };
    expect(decodePolicy(encoded)).toEqual(policy);
    expect(() => encodePolicy(policy)).toThrow(expect.objectContaining({ code: 'UNIVERSAL_NO_RULES' }));
  },
  'policy/timeframe': is({ type: 'timeframe', validAfter: 1_700_000_000, validUntil: 1_800_000_000 }),
  'policy/usageLimit': is({ type: 'usageLimit', limit: 5n }),
  'policy/spendingLimits': is({
    type: 'spendingLimits',
    tokenLimits: [{ token: '0x1E10e4f69b1dbABC3CA029D270DE08003F4F14fb', limit: 10_000_000n }],
  }),
  'policy/spendingLimits two tokens': is({
    type: 'spendingLimits',
    tokenLimits: [
      { token: '0x1E10e4f69b1dbABC3CA029D270DE08003F4F14fb', limit: 10n },
      { token: '0x2093c05666E439c2a951052c3532F72ea0e1AB99', limit: 20n },
    ],
  }),
  'policy/valueLimit': is({ type: 'valueLimit', limit: 10n ** 18n }),
});

describe('the known policies', () => {
  it.each(checks)('%s', async (_name, check) => {
    expect.hasAssertions();
    await check();
  });
});
