import { hexToBigInt, numberToHex, size, slice } from 'viem';
import { type CheckContext, type CheckResult, refused } from './check';
import type { UsageLimitPolicy } from './policy';
import { PolicyError } from './policyError';
import type { PolicyModule } from './policyModule';
import { type Sentence, sentence } from './sentence';

const bytes = 16;
const maxLimit = 2n ** 128n - 1n;

/** The usage limit policy contract: one uint128, counted per call. */
export const usageLimitPolicy: PolicyModule<UsageLimitPolicy> = {
  type: 'usageLimit',
  encode: ({ limit }) => numberToHex(limit, { size: bytes }),
  decode: (initData) => {
    if (size(initData) < bytes) {
      throw new PolicyError('POLICY_MALFORMED', {
        shortMessage: "The usage limit of this policy can't be read.",
        details: `${size(initData)} bytes, at least ${bytes} needed.`,
        action: 'Do not enable it.',
      });
    }
    return { type: 'usageLimit', limit: hexToBigInt(slice(initData, 0, bytes)) };
  },
  validate: ({ limit }) => {
    if (limit >= 1n && limit <= maxLimit) return;
    throw new PolicyError('USAGE_LIMIT_RANGE', {
      shortMessage: 'A usage limit must be from 1 to 2^128 - 1 calls.',
      details: `Got ${limit}.`,
      action: 'Give the number of calls to allow.',
    });
  },
  check,
  describe,
};

function check({ limit }: UsageLimitPolicy, { used }: CheckContext): CheckResult {
  const before = used('') ?? 0n;
  if (before + 1n <= limit) return { ok: true, counters: { '': before + 1n } };
  return refused({
    code: 'USAGE_LIMIT_EXCEEDED',
    chainRefusal: 'PolicyViolation',
    expected: `at most ${limit} calls`,
    got: `call ${before + 1n}`,
    remaining: 0n,
    message: `The permission allows ${limit} calls and all of them are used.`,
  });
}

function describe({ limit }: UsageLimitPolicy): readonly Sentence[] {
  if (limit === 0n) return [sentence('warning', 'Zero calls allowed: the chain refuses to enable this.')];
  return [sentence('info', limit === 1n ? 'At most 1 call in all.' : `At most ${limit} calls in all.`)];
}
