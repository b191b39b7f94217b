import { concatHex, type Hex, hexToBigInt, size } from 'viem';
import { toWord, wordAt } from '../word';
import type { UniversalPolicy, UniversalRule } from './policy';
import { PolicyError } from './policyError';
import type { PolicyModule } from './policyModule';
import { checkUniversal } from './universalCheck';
import { universalConditions } from './universalConditions';
import { describeUniversal } from './universalDescribe';
import { maxRules, validateUniversal } from './universalValidate';

const wordsPerRule = 6;
const rulesStart = 2;
const wordCount = rulesStart + maxRules * wordsPerRule;

/** What the contract leaves unread; the fill is the one that common clients write. */
const unusedSlot: UniversalRule = {
  condition: 'greaterThan',
  calldataOffset: 0n,
  comparisonValue: toWord(0n),
  isLimited: false,
  usage: { limit: 0n, used: 0n },
};

/** The universal action policy contract: native value per use, rule count, sixteen rule slots, 98 static words. */
export const universalPolicy: PolicyModule<UniversalPolicy> = {
  type: 'universal',
  encode,
  decode,
  validate: validateUniversal,
  check: checkUniversal,
  describe: describeUniversal,
};

function encode({ valueLimitPerUse, rules }: UniversalPolicy): Hex {
  const slots = Array.from({ length: maxRules }, (_, index) => rules[index] ?? unusedSlot);
  return concatHex([toWord(valueLimitPerUse), toWord(BigInt(rules.length)), ...slots.map(encodeRule)]);
}

function encodeRule(rule: UniversalRule): Hex {
  return concatHex([
    toWord(BigInt(universalConditions.indexOf(rule.condition))),
    toWord(rule.calldataOffset),
    toWord(rule.isLimited ? 1n : 0n),
    toWord(hexToBigInt(rule.comparisonValue)),
    toWord(rule.usage.limit),
    toWord(rule.usage.used),
  ]);
}

function decode(initData: Hex): UniversalPolicy {
  if (size(initData) < wordCount * 32) throw malformed(`${size(initData)} bytes, ${wordCount * 32} needed.`);
  const word = (index: number): bigint => wordAt(initData, BigInt(index * 32)) ?? 0n;
  const length = word(1);
  if (length > BigInt(maxRules)) throw malformed(`${length} rules, at most ${maxRules} fit.`);
  const slots = Array.from({ length: maxRules }, (_, slot) =>
    decodeRule((field) => word(rulesStart + slot * wordsPerRule + field), slot),
  );
  return { type: 'universal', valueLimitPerUse: word(0), rules: slots.slice(0, Number(length)) };
}

function decodeRule(word: (field: number) => bigint, slot: number): UniversalRule {
  const condition = universalConditions[Number(word(0))];
  if (condition === undefined) throw malformed(`Rule ${slot} has the unknown condition ${word(0)}.`);
  if (word(1) >= 2n ** 64n) throw malformed(`Rule ${slot} has an offset beyond 64 bits.`);
  if (word(2) > 1n) throw malformed(`Rule ${slot} has a flag that is neither true nor false.`);
  return {
    condition,
    calldataOffset: word(1),
    comparisonValue: toWord(word(3)),
    isLimited: word(2) === 1n,
    usage: { limit: word(4), used: word(5) },
  };
}

function malformed(details: string): PolicyError {
  return new PolicyError('POLICY_MALFORMED', {
    shortMessage: "The rules of this policy can't be read.",
    details,
    action: 'Do not enable it.',
  });
}
