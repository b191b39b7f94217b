import { hexToBigInt, isHex, size } from 'viem';
import { maxUint256 } from '../word';
import type { UniversalPolicy, UniversalRule } from './policy';
import { PolicyError } from './policyError';
import { rangeOf, universalConditions } from './universalConditions';

/** Rule slots of the contract. */
export const maxRules = 16;

/** Refuses what the contract rejects, what can never pass, and what would silently mean something else. */
export function validateUniversal({ valueLimitPerUse, rules }: UniversalPolicy): void {
  if (rules.length === 0) {
    throw refusal(
      'UNIVERSAL_NO_RULES',
      'A universal policy needs at least one rule; without any, every use fails.',
    );
  }
  if (rules.length > maxRules) {
    throw refusal('UNIVERSAL_TOO_MANY_RULES', `A universal policy holds at most ${maxRules} rules.`);
  }
  assertUint('valueLimitPerUse', valueLimitPerUse);
  rules.forEach(validateRule);
  assertNoDuplicates(rules);
}

function validateRule(rule: UniversalRule, index: number): void {
  const at = `Rule ${index}: `;
  if (!universalConditions.some((known) => known === rule.condition)) {
    throw refusal('UNIVERSAL_CONDITION', `${at}the condition ${String(rule.condition)} does not exist.`);
  }
  if (!isHex(rule.comparisonValue, { strict: true }) || size(rule.comparisonValue) !== 32) {
    throw refusal('UNIVERSAL_COMPARISON_VALUE', `${at}the comparison value must be 32 bytes.`);
  }
  const { calldataOffset } = rule;
  if (calldataOffset < 0n || calldataOffset >= 2n ** 64n || calldataOffset % 32n !== 0n) {
    throw refusal(
      'UNIVERSAL_OFFSET',
      `${at}the offset must be a multiple of 32 below 2^64, got ${calldataOffset}.`,
    );
  }
  validateUsage(rule, at);
  validateReachable(rule, at);
}

function validateUsage({ isLimited, usage }: UniversalRule, at: string): void {
  assertUint('usage.limit', usage.limit);
  assertUint('usage.used', usage.used);
  if (isLimited && usage.limit === 0n) {
    throw refusal('UNIVERSAL_LIMIT_ZERO', `${at}a total limit of 0 allows nothing.`);
  }
  if (isLimited && usage.used >= usage.limit) {
    throw refusal('UNIVERSAL_LIMIT_USED_UP', `${at}the limit is used up from the start.`);
  }
  if (!isLimited && (usage.limit !== 0n || usage.used !== 0n)) {
    throw refusal(
      'UNIVERSAL_LIMIT_IGNORED',
      `${at}a total limit is given, but isLimited is false, so it never counts.`,
    );
  }
}

function validateReachable({ condition, comparisonValue }: UniversalRule, at: string): void {
  const reference = hexToBigInt(comparisonValue);
  const { min, max } = rangeOf(comparisonValue);
  const impossible =
    (condition === 'lessThan' && reference === 0n) ||
    (condition === 'greaterThan' && reference === maxUint256) ||
    (condition === 'inRange' && min > max);
  if (impossible) throw refusal('UNIVERSAL_IMPOSSIBLE', `${at}no value can satisfy the condition.`);
}

function assertNoDuplicates(rules: readonly UniversalRule[]): void {
  const seen = new Set<string>();
  rules.forEach((rule, index) => {
    const place = `${rule.condition}@${rule.calldataOffset}`;
    const key = rule.condition === 'notEqual' ? `${place}:${rule.comparisonValue.toLowerCase()}` : place;
    if (seen.has(key)) {
      throw refusal(
        'UNIVERSAL_DUPLICATE_RULE',
        `Rule ${index}: the same word already has a rule of this kind.`,
      );
    }
    seen.add(key);
  });
}

function assertUint(field: string, value: bigint): void {
  if (value >= 0n && value <= maxUint256) return;
  throw refusal('UNIVERSAL_RANGE', `${field} must be from 0 to 2^256 - 1, got ${value}.`);
}

function refusal(code: string, shortMessage: string): PolicyError {
  return new PolicyError(code, { shortMessage, action: 'Correct the rule and ask again.' });
}
