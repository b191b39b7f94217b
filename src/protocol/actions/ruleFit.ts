import type { AbiParameter } from 'viem';
import type { Policy, UniversalRule } from '../policies/policy';
import { PolicyError } from '../policies/policyError';
import { type HeadWord, headWords } from './argument';

/**
 * Checks universal rules against a function whose arguments are known: every rule must hit the head word of a static
 * argument, and order comparisons must not hit a signed number (the contract compares unsigned).
 * @throws PolicyError `RULE_OUTSIDE_ARGUMENTS`, `RULE_ON_DYNAMIC_ARGUMENT`, `RULE_ON_SIGNED_ARGUMENT`
 */
export function assertRulesFit(policies: readonly Policy[], inputs: readonly AbiParameter[]): void {
  const words = headWords(inputs);
  for (const policy of policies) {
    if (policy.type !== 'universal') continue;
    for (const [index, rule] of policy.rules.entries()) assertRuleFits(rule, index, words);
  }
}

function assertRuleFits(rule: UniversalRule, index: number, words: readonly HeadWord[]): void {
  const word = words[Number(rule.calldataOffset / 32n)];
  if (word === undefined) {
    throw unfit('RULE_OUTSIDE_ARGUMENTS', `Rule ${index} reads behind the arguments of the function.`);
  }
  if (word.dynamic) {
    throw unfit(
      'RULE_ON_DYNAMIC_ARGUMENT',
      `Rule ${index} hits ${word.name} (${word.type}), where the calldata holds only a pointer the caller can choose.`,
    );
  }
  const comparesOrder = rule.condition !== 'equal' && rule.condition !== 'notEqual';
  if (word.type.startsWith('int') && (comparesOrder || rule.isLimited)) {
    throw unfit(
      'RULE_ON_SIGNED_ARGUMENT',
      `Rule ${index} compares ${word.name} (${word.type}) by size, but the contract reads it as unsigned.`,
    );
  }
}

function unfit(code: string, shortMessage: string): PolicyError {
  return new PolicyError(code, {
    shortMessage,
    action: 'Put the rule on a static unsigned argument, or use equal.',
  });
}
