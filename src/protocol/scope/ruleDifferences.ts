import { type Hex, hexToBigInt } from 'viem';
import { spendKind } from '../actions/spend';
import type { UniversalRule } from '../policies/policy';
import type { ActionBounds } from './actionBounds';
import { type Bounded, lowest, unbounded, within } from './bound';
import type { WiderAction } from './difference';
import { acceptedRange, type WordBounds, wordBounds } from './wordBounds';

type RuleExcess = Pick<WiderAction, 'aspect' | 'granted' | 'asked'>;

/**
 * What an action asks for beyond one rule of a grant.
 * @param left what the rule's total has left
 */
export function ruleDifferences(
  rule: UniversalRule,
  left: bigint,
  selector: Hex,
  wanted: ActionBounds,
): readonly RuleExcess[] {
  const word = askedWord(rule.calldataOffset, selector, wanted);
  const excess = word.isPresent ? valueExcess(rule, word) : unlimitedArgument;
  if (!rule.isLimited) return excess;
  const total = lowest([
    wanted.words(rule.calldataOffset),
    inAll(rule.calldataOffset, selector, wanted),
  ]).most;
  return within(total, left) ? excess : [...excess, { aspect: 'total', granted: left, asked: total }];
}

const unlimitedArgument: readonly RuleExcess[] = [{ aspect: 'argument', granted: null, asked: null }];

/** What the request leaves of a word; no single word is above what all calls may take together. */
function askedWord(offset: bigint, selector: Hex, wanted: ActionBounds): WordBounds {
  const none = { type: 'universal', valueLimitPerUse: 0n, rules: [] } as const;
  const word = wordBounds(wanted.universal ?? none, offset);
  const most = lowest([wanted.wordPerCall(offset), inAll(offset, selector, wanted)]).most ?? word.max.value;
  return {
    ...word,
    max: { ...word.max, value: most },
    isPresent: word.isPresent || isArgument(selector, offset),
  };
}

/** What a spending limit leaves of the amount of a token function. It doesn't count what transferFrom brings home. */
function inAll(offset: bigint, selector: Hex, { spent }: ActionBounds): Bounded {
  const kind = spendKind(selector);
  return kind !== null && kind !== 'transferFrom' && offset === 32n ? spent : unbounded;
}

/** Whether a word is an argument of a token function: calls of those are refused unless their arguments are whole. */
function isArgument(selector: Hex, offset: bigint): boolean {
  const kind = spendKind(selector);
  if (kind === null || offset % 32n !== 0n) return false;
  return offset < (kind === 'transferFrom' ? 96n : 64n);
}

function valueExcess(rule: UniversalRule, { min, max, not }: WordBounds): readonly RuleExcess[] {
  if (rule.condition === 'notEqual') {
    const reference = hexToBigInt(rule.comparisonValue);
    const excluded = reference < min.value || reference > max.value || not.includes(reference);
    return excluded ? [] : [{ aspect: 'argument', granted: null, asked: reference }];
  }
  const granted = acceptedRange(rule);
  if (max.value > granted.max) return [{ aspect: 'perCall', granted: granted.max, asked: max.value }];
  return min.value < granted.min ? [{ aspect: 'argument', granted: granted.min, asked: min.value }] : [];
}
