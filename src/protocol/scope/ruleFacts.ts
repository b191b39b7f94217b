import type { AbiParameter } from 'viem';
import { headWords } from '../actions/argument';
import type { UniversalRule } from '../policies/policy';

/** What one universal rule really reads. */
export type RuleFacts = {
  /** Index of the rule. */
  rule: number;
  /** Bytes after the selector where the word starts, as encoded. */
  offset: bigint;
  /** Argument that stands there, as `to`, `p.amount` or `list[2]`; null where none is known to. */
  argument: string | null;
  /** Solidity type of that argument; null where none is known to stand there. */
  type: string | null;
  /**
   * - `misaligned`: the word starts inside one and ends inside another.
   * - `outside`: it lies behind the arguments, where the contract reads nothing.
   * - `pointer`: there is only the position of a dynamic argument, which the caller can choose.
   * - `signed`: a signed number is compared by size, but the policy contract reads it as unsigned.
   */
  problem: 'misaligned' | 'outside' | 'pointer' | 'signed' | null;
};

/**
 * Names what every rule of a policy reads, from the function's inputs: members of static tuples and fixed arrays
 * before an argument move it back.
 * @param inputs null where the function is not known: then only offsets are told
 */
export function ruleFacts(
  rules: readonly UniversalRule[],
  inputs: readonly AbiParameter[] | null,
): readonly RuleFacts[] {
  const words = inputs === null ? null : headWords(inputs);
  return rules.map((rule, index) => {
    const { calldataOffset: offset } = rule;
    const bare = { rule: index, offset, argument: null, type: null };
    if (offset % 32n !== 0n) return { ...bare, problem: 'misaligned' };
    if (words === null) return { ...bare, problem: null };
    const word = words[Number(offset / 32n)];
    if (word === undefined) return { ...bare, problem: 'outside' };
    const problem = word.dynamic ? 'pointer' : isSignedOrder(rule, word.type) ? 'signed' : null;
    return { ...bare, argument: word.name, type: word.type, problem };
  });
}

function isSignedOrder({ condition, isLimited }: UniversalRule, type: string): boolean {
  const comparesOrder = condition !== 'equal' && condition !== 'notEqual';
  return type.startsWith('int') && (comparesOrder || isLimited);
}
