import { type Address, type Hex, isHex, pad, size } from 'viem';
import { parseAddress } from '../address';
import { toWord } from '../word';
import type { Policy, UniversalCondition, UniversalRule } from './policy';
import { PolicyError } from './policyError';

/**
 * What a rule compares with: a number (negative ones as the two's complement that the ABI encodes), a flag, an address
 * or up to 32 bytes; for `inRange` the two ends.
 */
export type ComparisonInput = bigint | number | boolean | Address | Hex | { min: bigint; max: bigint };

/** A universal rule as people write it. */
export type RuleInput = {
  condition: UniversalCondition;
  /** Bytes after the selector, as a number or as decimal or hex text. */
  calldataOffset: bigint | number | string;
  comparisonValue: ComparisonInput;
  /** False unless said otherwise. */
  isLimited?: boolean;
  usage?: { limit: bigint; used?: bigint };
};

/** A policy as people write it. */
export type PolicyInput =
  | Exclude<Policy, { type: 'universal' }>
  | {
      type: 'universal';
      rules: readonly RuleInput[];
      /** Wei that one call may carry; none unless said otherwise. */
      valueLimitPerUse?: bigint;
    };

/**
 * The policy in the form that is encoded. Fills in what was left out; says nothing about whether the policy can work.
 * @throws PolicyError `UNIVERSAL_OFFSET`, `UNIVERSAL_COMPARISON_VALUE`, `RULE_ON_SIGNED_ARGUMENT`; AddressError
 */
export function readPolicyInput(input: PolicyInput): Policy {
  if (input.type !== 'universal') return input;
  const { rules, valueLimitPerUse = 0n } = input;
  return { type: 'universal', valueLimitPerUse, rules: rules.map(readRule) };
}

function readRule(input: RuleInput, index: number): UniversalRule {
  const { condition, isLimited = false, usage } = input;
  return {
    condition,
    calldataOffset: readOffset(input.calldataOffset, index),
    comparisonValue: readComparison(input.comparisonValue, condition, index),
    isLimited,
    usage: { limit: usage?.limit ?? 0n, used: usage?.used ?? 0n },
  };
}

function readOffset(offset: RuleInput['calldataOffset'], index: number): bigint {
  const isWhole = typeof offset !== 'number' || Number.isSafeInteger(offset);
  const isText = typeof offset !== 'string' || /^(?:0x[0-9a-fA-F]+|\d+)$/.test(offset);
  if (isWhole && isText) return BigInt(offset);
  throw new PolicyError('UNIVERSAL_OFFSET', {
    shortMessage: `Rule ${index}: the offset is no whole number.`,
    details: `Got ${String(offset).slice(0, 80)}.`,
    action: 'Give the bytes after the selector, a multiple of 32.',
  });
}

function readComparison(value: ComparisonInput, condition: UniversalCondition, index: number): Hex {
  if (typeof value === 'boolean') return toWord(value ? 1n : 0n);
  if (typeof value === 'number' && Number.isSafeInteger(value)) {
    return readNumber(BigInt(value), condition, index);
  }
  if (typeof value === 'bigint') return readNumber(value, condition, index);
  if (typeof value === 'object') return readRange(value, index);
  if (typeof value === 'string' && isHex(value, { strict: true })) return readBytes(value, index);
  throw unreadable(index, String(value));
}

function readNumber(value: bigint, condition: UniversalCondition, index: number): Hex {
  if (value >= 2n ** 256n || value < -(2n ** 255n)) throw unreadable(index, String(value));
  if (value >= 0n) return toWord(value);
  if (condition === 'equal' || condition === 'notEqual') return toWord(2n ** 256n + value);
  throw new PolicyError('RULE_ON_SIGNED_ARGUMENT', {
    shortMessage: `Rule ${index} compares with a negative number by size, but the contract reads it as a huge one.`,
    action: 'Use equal, or a number from 0.',
  });
}

function readRange({ min, max }: { min: bigint; max: bigint }, index: number): Hex {
  const fits = [min, max].every((end) => end >= 0n && end < 2n ** 128n);
  if (fits) return toWord((min << 128n) | max);
  throw unreadable(index, `${min} to ${max}`);
}

function readBytes(value: Hex, index: number): Hex {
  if (size(value) === 20) return toWord(BigInt(parseAddress(value, `comparison value of rule ${index}`)));
  if (size(value) <= 32 && value.length % 2 === 0) return pad(value);
  throw unreadable(index, value);
}

function unreadable(index: number, got: string): PolicyError {
  return new PolicyError('UNIVERSAL_COMPARISON_VALUE', {
    shortMessage: `Rule ${index}: the value to compare with does not fit one word.`,
    details: `Got ${got.slice(0, 80)}.`,
    action: 'Give a number, an address, a flag or up to 32 bytes.',
  });
}
