import type { AbiParameter } from 'viem';
import { PolicyError } from '../policies/policyError';
import { headOf } from './functionSignature';

/** The elementary word of the head that an offset hits. */
export type HeadWord = { name: string; type: string; dynamic: boolean };

/**
 * Offset of the n-th argument's head for a universal rule, counted in bytes after the selector.
 * Static tuples and fixed arrays before it take more than one word.
 * @param position 1-based
 * @param inputs the function's inputs; without them every earlier argument counts as one word
 * @throws PolicyError `ARGUMENT_POSITION`
 */
export function calldataArgument(position: number, inputs?: readonly AbiParameter[]): bigint {
  const known = inputs === undefined || position <= inputs.length;
  if (!Number.isSafeInteger(position) || position < 1 || !known) {
    throw new PolicyError('ARGUMENT_POSITION', {
      shortMessage: 'Arguments are counted with whole numbers from 1.',
      details: `Got ${position}.`,
      action: 'Give the position of an argument that the function has.',
    });
  }
  if (inputs === undefined) return BigInt(position - 1) * 32n;
  return inputs.slice(0, position - 1).reduce((sum, input) => sum + BigInt(headOf(input).bytes), 0n);
}

/** The words of a function's head in order: word i stands at offset 32 i. */
export function headWords(inputs: readonly AbiParameter[]): readonly HeadWord[] {
  return inputs.flatMap((input, index) => wordsOf(input, input.name || `${index + 1}`));
}

function wordsOf(parameter: AbiParameter, name: string): readonly HeadWord[] {
  const { dynamic } = headOf(parameter);
  if (dynamic) return [{ name, type: parameter.type, dynamic }];
  const array = /^(.*)\[(\d+)\]$/.exec(parameter.type);
  if (array !== null) {
    const element = { ...parameter, type: array[1] ?? '' };
    return Array.from({ length: Number(array[2]) }, (_, index) =>
      wordsOf(element, `${name}[${index}]`),
    ).flat();
  }
  if (!('components' in parameter)) return [{ name, type: parameter.type, dynamic }];
  return parameter.components.flatMap((member, index) =>
    wordsOf(member, `${name}.${member.name || index + 1}`),
  );
}
