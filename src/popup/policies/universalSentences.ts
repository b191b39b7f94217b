import type { UniversalCondition, UniversalPolicy, UniversalRule } from '../../protocol/policies/policy';
import { type Sentence, type SentencePart, sentence } from '../../protocol/policies/sentence';
import { isUnlimited } from '../../protocol/policies/unlimited';
import { cleanSymbol } from '../../ui/cleanText';
import type { ArgumentSlot } from './argumentSlots';
import { functionSlots } from './functionSlots';
import type { PolicyContext } from './policyContext';
import { wordParts } from './wordParts';

const half = 128n;
const lowHalf = 2n ** half - 1n;

const relations: Record<Exclude<UniversalCondition, 'inRange'>, string> = {
  equal: 'must be exactly',
  greaterThan: 'must be more than',
  lessThan: 'must be less than',
  greaterThanOrEqual: 'must be at least',
  lessThanOrEqual: 'must be at most',
  notEqual: 'may be anything except',
};

const ordered: ReadonlySet<UniversalCondition> = new Set([
  'greaterThan',
  'lessThan',
  'greaterThanOrEqual',
  'lessThanOrEqual',
  'inRange',
]);

function subjectOf(offset: bigint, slot: ArgumentSlot | undefined): string {
  if (slot !== undefined) return `Argument ${slot.argument}${slot.path}, ${slot.type} (offset ${offset})`;
  if (offset % 32n !== 0n) return `The 32 bytes at offset ${offset}, which lie across two words,`;
  return `Word ${offset / 32n + 1n} of the arguments (offset ${offset})`;
}

function comparison(rule: UniversalRule, show: (value: bigint) => SentencePart[]): SentencePart[] {
  const reference = BigInt(rule.comparisonValue);
  if (rule.condition !== 'inRange') return [` ${relations[rule.condition]} `, ...show(reference), '.'];
  return [' must be from ', ...show(reference >> half), ' to ', ...show(reference & lowHalf), '.'];
}

const hasIdleCeiling = (rule: UniversalRule, slot: ArgumentSlot | undefined): boolean =>
  slot?.type.startsWith('uint') === true &&
  (rule.condition === 'lessThan' || rule.condition === 'lessThanOrEqual') &&
  isUnlimited(BigInt(rule.comparisonValue));

function cautions(rule: UniversalRule, slot: ArgumentSlot | undefined): Sentence[] {
  const found: Sentence[] = [];
  if (hasIdleCeiling(rule, slot)) found.push(sentence('danger', 'A ceiling this high limits nothing.'));
  if (slot?.dynamic === true) {
    found.push(
      sentence(
        'warning',
        'This argument has no fixed size: the rule checks where it starts, not what it holds.',
      ),
    );
  }
  if (slot?.type.startsWith('int') === true && ordered.has(rule.condition)) {
    found.push(
      sentence('warning', 'The contract compares without a sign: negative numbers count as very large ones.'),
    );
  }
  return found;
}

function totalSentences(rule: UniversalRule, show: (value: bigint) => SentencePart[]): Sentence[] {
  if (!rule.isLimited) return [];
  const { limit, used } = rule.usage;
  const total = sentence('info', 'All calls together: at most ', ...show(limit), '.');
  return used === 0n
    ? [total]
    : [total, sentence('notice', 'Of this, ', ...show(used), ' counts as used from the start.')];
}

function ruleSentences(
  rule: UniversalRule,
  slots: readonly ArgumentSlot[],
  context: PolicyContext,
): Sentence[] {
  const { calldataOffset: offset } = rule;
  const slot = offset % 32n === 0n ? slots[Number(offset / 32n)] : undefined;
  const show = (value: bigint) => wordParts(value, offset, slot, context);
  return [
    sentence(
      rule.condition === 'notEqual' ? 'warning' : 'info',
      subjectOf(offset, slot),
      ...comparison(rule, show),
    ),
    ...totalSentences(rule, show),
    ...cautions(rule, slot),
  ];
}

function valueSentence(limit: bigint, symbol: string | undefined): Sentence {
  if (limit === 0n)
    return sentence('info', `May not send ${cleanSymbol(symbol) ?? 'the native coin'} with a call.`);
  return sentence(
    'notice',
    'Each call may send up to ',
    { kind: 'amount', value: limit, token: 'native' },
    '.',
  );
}

/** The universal policy in words: one group per rule, then what a call may send. */
export function universalSentences(policy: UniversalPolicy, context: PolicyContext): Sentence[] {
  const slots = functionSlots(context.selector, context.signature);
  const empty = sentence('warning', 'No rule is set. The contract refuses every call with such a policy.');
  return [
    ...(policy.rules.length === 0 ? [empty] : []),
    ...policy.rules.flatMap((rule) => ruleSentences(rule, slots, context)),
    valueSentence(policy.valueLimitPerUse, context.nativeSymbol),
  ];
}
