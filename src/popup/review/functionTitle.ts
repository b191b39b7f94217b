import type { ReviewedAction } from '../../rpc/popup/procedures';
import { cleanText } from '../../ui/cleanText';
import { nativeTransferSelector } from '../policies/knownFunctions';
import { signatureLength } from '../policies/policyContext';

/** A function's name and who says so. */
export type FunctionTitle = { name: string; source: 'known' | 'dapp' | 'unknown' | 'native' };

/** How an action's function is called on the screen. A name from the site is its claim. */
export function functionTitle({ signature, selector }: ReviewedAction): FunctionTitle {
  if (selector === nativeTransferSelector) return { name: 'Transfer of native coin', source: 'native' };
  const name = signature === undefined ? '' : cleanText(signature.text, signatureLength);
  if (signature === undefined || name === '') return { name: 'Unknown function', source: 'unknown' };
  return { name, source: signature.source };
}
