import type { Hex } from 'viem';
import { nativeTransferSelector } from '../constants/modes';
import { selectors } from '../constants/selectors';
import { knownSignature } from './knownFunctions';

const ownNames = new Map<string, string>([
  [nativeTransferSelector, 'native transfer'],
  [selectors.permit2Approve, 'approve (Permit2)'],
]);

/** Name of a function that is known by its selector alone, or null. */
export function functionName(selector: Hex): string | null {
  const own = ownNames.get(selector.toLowerCase());
  if (own !== undefined) return own;
  return knownSignature(selector)?.split('(', 1)[0] ?? null;
}
