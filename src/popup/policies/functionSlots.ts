import type { Hex } from 'viem';
import { type ArgumentSlot, argumentSlots } from './argumentSlots';
import { tokenFunction } from './knownFunctions';

/** The argument words of a function. A known selector tells more than a name that somebody gave. */
export function functionSlots(selector: Hex, signature: string | undefined): readonly ArgumentSlot[] {
  const text = tokenFunction(selector)?.signature ?? signature;
  return text === undefined ? [] : argumentSlots(text);
}
