import { getAddress, type Hex, hexToBigInt, numberToHex } from 'viem';
import { type Spend, spendKind } from '../actions/spend';
import { toWord } from '../word';
import type { DescribeContext } from './check';
import type { UniversalCondition, UniversalPolicy, UniversalRule } from './policy';
import { type Sentence, type SentencePart, sentence } from './sentence';
import { rangeOf } from './universalConditions';
import { isUnlimited } from './unlimited';

/** What the word under a rule is, as far as the function tells. */
type Meaning = { name: string; kind: 'amount' | 'address' | 'word' };

const phrases: Record<Exclude<UniversalCondition, 'inRange'>, string> = {
  equal: ' must be exactly ',
  greaterThan: ' must be more than ',
  lessThan: ' must be less than ',
  greaterThanOrEqual: ' must be at least ',
  lessThanOrEqual: ' must be at most ',
  notEqual: ' must not be ',
};

/** The universal policy in plain sentences: one or two per rule, then the native value. */
export function describeUniversal(policy: UniversalPolicy, context: DescribeContext): readonly Sentence[] {
  const { rules, valueLimitPerUse } = policy;
  if (rules.length === 0) return [sentence('warning', 'There is no rule: this can never be used.')];
  return [...rules.flatMap((rule) => describeRule(rule, context)), describeValue(valueLimitPerUse)];
}

function describeRule(rule: UniversalRule, context: DescribeContext): readonly Sentence[] {
  const meaning = meaningOf(rule.calldataOffset, context.selector);
  const value = (word: bigint): SentencePart => partOf(word, meaning, context);
  const facts = [describeCondition(rule, meaning, value)];
  if (!rule.isLimited) return facts;
  const { limit, used } = rule.usage;
  const severity = isUnlimited(limit) ? 'danger' : 'info';
  facts.push(sentence(severity, `${meaning.name} of all calls together: at most `, value(limit), '.'));
  if (used > 0n) facts.push(sentence('notice', 'Counted as used from the start: ', value(used), '.'));
  return facts;
}

function describeCondition(
  { condition, comparisonValue }: UniversalRule,
  meaning: Meaning,
  value: (word: bigint) => SentencePart,
): Sentence {
  if (condition === 'inRange') {
    const { min, max } = rangeOf(comparisonValue);
    return sentence('info', `${meaning.name} must be from `, value(min), ' to ', value(max), '.');
  }
  const reference = hexToBigInt(comparisonValue);
  const limitsNothing =
    meaning.kind === 'amount' &&
    (condition === 'lessThan' || condition === 'lessThanOrEqual') &&
    isUnlimited(reference);
  if (limitsNothing) return sentence('danger', `${meaning.name}: unlimited.`);
  return sentence('info', meaning.name, phrases[condition], value(reference), '.');
}

function describeValue(valueLimitPerUse: bigint): Sentence {
  if (valueLimitPerUse === 0n) return sentence('info', "Can't send native coin.");
  const severity = isUnlimited(valueLimitPerUse) ? 'danger' : 'notice';
  const amount = { kind: 'amount', value: valueLimitPerUse, token: 'native' } as const;
  return sentence(severity, 'May send up to ', amount, ' with every call.');
}

function meaningOf(offset: bigint, selector: Hex): Meaning {
  const kind = spendKind(selector);
  const names = kind === null ? undefined : spendArguments(kind);
  const known = names?.[Number(offset / 32n)];
  if (known !== undefined) return known;
  return { name: `Argument word ${offset / 32n + 1n}`, kind: 'word' };
}

function spendArguments(kind: Spend['kind']): readonly Meaning[] {
  const amount: Meaning = { name: 'Amount', kind: 'amount' };
  const address = (name: string): Meaning => ({ name, kind: 'address' });
  switch (kind) {
    case 'transfer':
      return [address('Recipient'), amount];
    case 'transferFrom':
      return [address('Payer'), address('Recipient'), amount];
    case 'approve':
    case 'increaseAllowance':
      return [address('Spender'), amount];
  }
}

function partOf(word: bigint, meaning: Meaning, { target }: DescribeContext): SentencePart {
  if (meaning.kind === 'amount') return { kind: 'amount', value: word, token: target };
  if (meaning.kind === 'address' && word < 2n ** 160n) {
    return { kind: 'address', value: getAddress(numberToHex(word, { size: 20 })) };
  }
  return { kind: 'word', value: toWord(word) };
}
