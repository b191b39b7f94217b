import { toWord, wordAt } from '../word';
import { type CheckContext, type CheckFailure, type CheckResult, overLimit, refused } from './check';
import type { UniversalPolicy, UniversalRule } from './policy';
import { holds } from './universalConditions';

/** The contract's check of one call: native value first, then every rule in order. */
export function checkUniversal(policy: UniversalPolicy, context: CheckContext): CheckResult {
  const { valueLimitPerUse, rules } = policy;
  const { call } = context;
  if (rules.length === 0) {
    return refused({
      code: 'UNIVERSAL_NO_RULES',
      chainRefusal: 'PolicyCheckReverted',
      expected: 'at least one rule',
      got: 'none',
      message: 'The permission has no rule, the chain refuses every use of it.',
    });
  }
  if (call.value > valueLimitPerUse) {
    return refused({
      code: 'VALUE_PER_USE_EXCEEDED',
      chainRefusal: 'PolicyCheckReverted',
      expected: `at most ${valueLimitPerUse} wei`,
      got: `${call.value} wei`,
      message:
        valueLimitPerUse === 0n
          ? 'The permission does not let this call carry native coin.'
          : 'The call carries more native coin than the permission allows per use.',
    });
  }
  return checkRules(rules, context);
}

function checkRules(rules: readonly UniversalRule[], context: CheckContext): CheckResult {
  const counters: Record<string, bigint> = {};
  for (const [index, rule] of rules.entries()) {
    const word = wordAt(context.call.data, 4n + rule.calldataOffset);
    const failure = word === null ? tooShort(rule, index) : checkWord(rule, index, word);
    if (failure !== null) return refused(failure);
    if (word === null || !rule.isLimited) continue;
    const before = context.used(String(index)) ?? rule.usage.used;
    if (before + word > rule.usage.limit) return refused(overTotal(rule, index, before, word));
    counters[String(index)] = before + word;
  }
  return { ok: true, counters };
}

function checkWord(rule: UniversalRule, index: number, word: bigint): CheckFailure | null {
  if (holds(rule.condition, word, rule.comparisonValue)) return null;
  return {
    code: 'RULE_NOT_MET',
    chainRefusal: 'PolicyViolation',
    rule: index,
    expected: `${rule.condition} ${rule.comparisonValue} at offset ${rule.calldataOffset}`,
    got: toWord(word),
    message: 'An argument of the call is outside what the permission allows.',
  };
}

function tooShort(rule: UniversalRule, index: number): CheckFailure {
  return {
    code: 'CALLDATA_TOO_SHORT',
    chainRefusal: 'PolicyCheckReverted',
    rule: index,
    expected: `at least ${rule.calldataOffset + 36n} bytes of calldata`,
    got: 'fewer',
    message: 'The call ends before an argument that the permission limits.',
  };
}

function overTotal(rule: UniversalRule, index: number, before: bigint, word: bigint): CheckFailure {
  const remaining = rule.usage.limit > before ? rule.usage.limit - before : 0n;
  return {
    code: 'RULE_TOTAL_EXCEEDED',
    chainRefusal: overLimit(before + word),
    rule: index,
    expected: `at most ${remaining} more`,
    got: String(word),
    remaining,
    message: 'The call exceeds the total that the permission has left.',
  };
}
