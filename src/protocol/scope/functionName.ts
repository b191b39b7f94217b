import type { Hex } from 'viem';
import { nativeTransferSelector } from '../constants/modes';
import { selectors } from '../constants/selectors';

const names = new Map<string, string>([
  [selectors.transfer, 'transfer'],
  [selectors.transferFrom, 'transferFrom'],
  [selectors.approve, 'approve'],
  [selectors.increaseAllowance, 'increaseAllowance'],
  [selectors.setApprovalForAll, 'setApprovalForAll'],
  [selectors.permit, 'permit'],
  [selectors.permit2Approve, 'approve (Permit2)'],
  [nativeTransferSelector, 'native transfer'],
]);

/** Name of a function that is known by its selector alone, or null. */
export function functionName(selector: Hex): string | null {
  return names.get(selector.toLowerCase()) ?? null;
}
