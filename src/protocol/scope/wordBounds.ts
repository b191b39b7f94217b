import { hexToBigInt } from 'viem';
import type { UniversalPolicy, UniversalRule } from '../policies/policy';
import { rangeOf } from '../policies/universalConditions';
import { maxUint256 } from '../word';

/** A limit and the rule that sets it; null for the bounds that any word has. */
type Edge = { value: bigint; rule: number | null };

/** What the rules of a policy leave of one calldata word. */
export type WordBounds = {
  min: Edge;
  max: Edge;
  /** Values inside that are excluded. */
  not: readonly bigint[];
  /** Whether a rule makes sure that the word is there at all. */
  isPresent: boolean;
};

const anyWord: WordBounds = {
  min: { value: 0n, rule: null },
  max: { value: maxUint256, rule: null },
  not: [],
  isPresent: false,
};

/** What the rules leave of the word at a byte offset after the selector. No word is left where `min` is above `max`. */
export function wordBounds({ rules }: UniversalPolicy, offset: bigint): WordBounds {
  return [...rules.entries()]
    .filter(([, rule]) => rule.calldataOffset === offset)
    .reduce((bounds, [index, rule]) => narrow(bounds, rule, index), anyWord);
}

/** Whether no word is left. */
export function isEmpty({ min, max, not }: WordBounds): boolean {
  return min.value > max.value || (min.value === max.value && not.includes(min.value));
}

/** Whether exactly one word is left. */
export function isPinned({ min, max, isPresent }: WordBounds): boolean {
  return isPresent && min.value === max.value;
}

function narrow(bounds: WordBounds, rule: UniversalRule, index: number): WordBounds {
  const { min, max } = acceptedRange(rule);
  const reference = hexToBigInt(rule.comparisonValue);
  return {
    min: min > bounds.min.value ? { value: min, rule: index } : bounds.min,
    max: max < bounds.max.value ? { value: max, rule: index } : bounds.max,
    not: rule.condition === 'notEqual' ? [...bounds.not, reference] : bounds.not,
    isPresent: true,
  };
}

/** The words that a condition accepts, `notEqual` aside; an empty range has its end before its start. */
export function acceptedRange({ condition, comparisonValue }: UniversalRule): { min: bigint; max: bigint } {
  const reference = hexToBigInt(comparisonValue);
  switch (condition) {
    case 'equal':
      return { min: reference, max: reference };
    case 'greaterThan':
      return { min: reference + 1n, max: maxUint256 };
    case 'greaterThanOrEqual':
      return { min: reference, max: maxUint256 };
    case 'lessThan':
      return { min: 0n, max: reference - 1n };
    case 'lessThanOrEqual':
      return { min: 0n, max: reference };
    case 'inRange':
      return rangeOf(comparisonValue);
    case 'notEqual':
      return { min: 0n, max: maxUint256 };
  }
}
