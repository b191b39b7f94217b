import { buildActionPolicy } from '@biconomy/abstractjs';
import { encodePolicy } from '../src/protocol/policies/registry';
import { toWord } from '../src/protocol/word';
import { measure } from './measure';
import type { Line } from './report';

const rules = Array.from({ length: 16 }, (_, index) => ({
  condition: 'lessThanOrEqual' as const,
  calldataOffset: BigInt(index) * 32n,
  comparisonValue: toWord(BigInt(index + 1)),
  isLimited: true,
  usage: { limit: 100n, used: 0n },
}));

/** How long the same policy takes to encode here and in the reference client, which doesn't validate it. */
export function encodingLines(): readonly Line[] {
  const policy = { type: 'universal', valueLimitPerUse: 0n, rules } as const;
  const own = measure(2_000, 1, () => encodePolicy(policy));
  const reference = measure(2_000, 1, () => buildActionPolicy({ ...policy, rules: [...rules] }));
  const same = buildActionPolicy({ ...policy, rules: [...rules] }).initData === encodePolicy(policy).initData;
  if (!same) throw new TypeError('both should encode the same bytes');
  const name = 'policy of 16 rules, validated and encoded';
  return [{ name, value: own.median, unit: 'µs', reference: reference.median }];
}
