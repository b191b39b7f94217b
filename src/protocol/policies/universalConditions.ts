import { type Hex, hexToBigInt } from 'viem';
import type { UniversalCondition } from './policy';

/** The conditions in the order of the contract's enum: the index is the encoded value. */
export const universalConditions = [
  'equal',
  'greaterThan',
  'lessThan',
  'greaterThanOrEqual',
  'lessThanOrEqual',
  'notEqual',
  'inRange',
] as const satisfies readonly UniversalCondition[];

/** The bounds of an `inRange` reference: minimum in the upper half, maximum in the lower half. */
export function rangeOf(reference: Hex): { min: bigint; max: bigint } {
  const word = hexToBigInt(reference);
  return { min: word >> 128n, max: word & (2n ** 128n - 1n) };
}

/** The contract's comparison: unsigned over the whole word. */
export function holds(condition: UniversalCondition, word: bigint, reference: Hex): boolean {
  const ref = hexToBigInt(reference);
  switch (condition) {
    case 'equal':
      return word === ref;
    case 'greaterThan':
      return word > ref;
    case 'lessThan':
      return word < ref;
    case 'greaterThanOrEqual':
      return word >= ref;
    case 'lessThanOrEqual':
      return word <= ref;
    case 'notEqual':
      return word !== ref;
    case 'inRange': {
      const { min, max } = rangeOf(reference);
      return word >= min && word <= max;
    }
  }
}
