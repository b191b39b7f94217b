import type { Hex } from 'viem';
import { getAddress, numberToHex } from 'viem/utils';
import type { SentencePart } from '../../protocol/policies/sentence';
import { groupDigits } from '../../ui/amountText';
import type { ArgumentSlot } from './argumentSlots';
import { tokenFunction } from './knownFunctions';
import type { PolicyContext } from './policyContext';

const signBit = 2n ** 255n;
const wordSize = 2n ** 256n;
const addressSpace = 2n ** 160n;
const clearlyNumber = 2n ** 96n;

const wordOf = (value: bigint): Hex => numberToHex(value, { size: 32 });

function addressParts(value: bigint): SentencePart[] {
  if (value >= addressSpace) return [{ kind: 'word', value: wordOf(value) }, ' (not an address)'];
  return [{ kind: 'address', value: getAddress(numberToHex(value, { size: 20 })) }];
}

function boolParts(value: bigint): SentencePart[] {
  if (value > 1n) return [{ kind: 'word', value: wordOf(value) }, ' (neither true nor false)'];
  return [value === 1n ? 'true' : 'false'];
}

/** A word of which nothing is known: as a number while it is one to a person, and in hex. */
export function unknownParts(value: bigint): SentencePart[] {
  if (value >= clearlyNumber) return [{ kind: 'word', value: wordOf(value) }];
  return [`${groupDigits(value)} (`, { kind: 'word', value: numberToHex(value) }, ')'];
}

function typedParts(value: bigint, type: string): SentencePart[] {
  if (type === 'address') return addressParts(value);
  if (type === 'bool') return boolParts(value);
  if (type.startsWith('uint')) return [groupDigits(value)];
  if (type.startsWith('int')) return [groupDigits(value >= signBit ? value - wordSize : value)];
  return unknownParts(value);
}

/** A calldata word as the reader of the function would read it: in the token's unit where it is an amount (base units when the unit isn't known). */
export function wordParts(
  value: bigint,
  offset: bigint,
  slot: ArgumentSlot | undefined,
  context: Pick<PolicyContext, 'selector' | 'target'>,
): SentencePart[] {
  if (tokenFunction(context.selector)?.amountOffset === offset) {
    return [{ kind: 'amount', value, token: context.target }];
  }
  return slot === undefined || slot.dynamic ? unknownParts(value) : typedParts(value, slot.type);
}
