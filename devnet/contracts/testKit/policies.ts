import { type Address, concat, encodeAbiParameters, type Hex, numberToHex, pad, toHex } from 'viem';
import { sessionContracts } from '../addresses';

export interface PolicyData {
  policy: Address;
  initData: Hex;
}

export const condition = {
  equal: 0,
  greater: 1,
  less: 2,
  atLeast: 3,
  atMost: 4,
  different: 5,
  inRange: 6,
} as const;

export interface Rule {
  condition: (typeof condition)[keyof typeof condition];
  /** Bytes after the selector. */
  offset: bigint;
  ref: bigint | Hex;
  limit?: bigint;
  used?: bigint;
}

const word = (value: bigint | number) => toHex(value, { size: 32 });
const unused: Rule = { condition: condition.greater, offset: 0n, ref: 0n };

/** The six words of a rule; all of the policy's init data is static. */
function ruleWords({ condition, offset, ref, limit, used = 0n }: Rule): Hex[] {
  const limited = limit === undefined ? 0 : 1;
  const reference = typeof ref === 'bigint' ? word(ref) : pad(ref, { size: 32 });
  return [word(condition), word(offset), word(limited), reference, word(limit ?? 0n), word(used)];
}

/** Init data of every policy. */
export const policies = {
  sudo: (): PolicyData => ({ policy: sessionContracts.SudoPolicy, initData: '0x' }),
  universal: (rules: readonly Rule[], valueLimitPerUse = 0n): PolicyData => {
    const slots = Array.from({ length: 16 }, (_, index) => ruleWords(rules[index] ?? unused));
    return {
      policy: sessionContracts.UniversalPolicy,
      initData: concat([word(valueLimitPerUse), word(rules.length), ...slots.flat()]),
    };
  },
  timeframe: (validAfter: bigint, validUntil: bigint): PolicyData => ({
    policy: sessionContracts.TimeframePolicy,
    initData: concat([numberToHex(validUntil, { size: 6 }), numberToHex(validAfter, { size: 6 })]),
  }),
  usageLimit: (limit: bigint): PolicyData => ({
    policy: sessionContracts.UsageLimitPolicy,
    initData: numberToHex(limit, { size: 16 }),
  }),
  spendingLimits: (limits: readonly { token: Address; limit: bigint }[]): PolicyData => ({
    policy: sessionContracts.SpendingLimitsPolicy,
    initData: encodeAbiParameters(
      [{ type: 'address[]' }, { type: 'uint256[]' }],
      [limits.map(({ token }) => token), limits.map(({ limit }) => limit)],
    ),
  }),
  valueLimit: (limit: bigint): PolicyData => ({
    policy: sessionContracts.ValueLimitPolicy,
    initData: numberToHex(limit, { size: 32 }),
  }),
};
