import { hexToBigInt, size, slice } from 'viem';
import { maxUint256, toWord } from '../word';
import { type CheckContext, type CheckResult, overLimit, refused } from './check';
import type { ValueLimitPolicy } from './policy';
import { PolicyError } from './policyError';
import type { PolicyModule } from './policyModule';
import { type Sentence, sentence } from './sentence';
import { amountSeverity } from './unlimited';

/** The value limit policy contract: one uint256, native value (wei) added up over all calls. */
export const valueLimitPolicy: PolicyModule<ValueLimitPolicy> = {
  type: 'valueLimit',
  encode: ({ limit }) => toWord(limit),
  decode: (initData) => {
    if (size(initData) < 32) {
      throw new PolicyError('POLICY_MALFORMED', {
        shortMessage: "The value limit of this policy can't be read.",
        details: `${size(initData)} bytes, at least 32 needed.`,
        action: 'Do not enable it.',
      });
    }
    return { type: 'valueLimit', limit: hexToBigInt(slice(initData, 0, 32)) };
  },
  validate: ({ limit }) => {
    if (limit >= 1n && limit <= maxUint256) return;
    throw new PolicyError('VALUE_LIMIT_RANGE', {
      shortMessage: 'A value limit must be from 1 wei to 2^256 - 1 wei.',
      details: `Got ${limit}.`,
      action: 'Give the amount in wei.',
    });
  },
  check,
  describe,
};

function check({ limit }: ValueLimitPolicy, { used, call }: CheckContext): CheckResult {
  const before = used('') ?? 0n;
  const after = before + call.value;
  if (after <= limit) return { ok: true, counters: { '': after } };
  const remaining = limit > before ? limit - before : 0n;
  return refused({
    code: 'VALUE_LIMIT_EXCEEDED',
    chainRefusal: overLimit(after),
    expected: `at most ${remaining} wei`,
    got: `${call.value} wei`,
    remaining,
    message: 'The call sends more native coin than the permission has left.',
  });
}

function describe({ limit }: ValueLimitPolicy): readonly Sentence[] {
  return [
    sentence(
      amountSeverity(limit),
      'Sends at most ',
      { kind: 'amount', value: limit, token: 'native' },
      ' in all.',
    ),
  ];
}
