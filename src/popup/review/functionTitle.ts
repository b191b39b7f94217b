import type { ReviewedAction } from '../../rpc/popup/procedures';
import type { FunctionLabel } from '../../rpc/popup/reviewParts';
import { cleanText } from '../../ui/cleanText';
import { nativeTransferSelector } from '../policies/knownFunctions';
import { signatureLength } from '../policies/policyContext';

/** A function's name and who says so. */
export type FunctionTitle = { name: string; source: 'known' | 'dapp' | 'unknown' | 'native' };

export const nativeTransferTitle: FunctionTitle = { name: 'Transfer of native coin', source: 'native' };

/** A function's label as it is shown. A name from the site is its claim. */
export function labelTitle(label: FunctionLabel | undefined): FunctionTitle {
  const name = label === undefined ? '' : cleanText(label.text, signatureLength);
  if (label === undefined || name === '') return { name: 'Unknown function', source: 'unknown' };
  return { name, source: label.source };
}

/** How an action's function is called on the screen. */
export function functionTitle({
  signature,
  selector,
}: Pick<ReviewedAction, 'signature' | 'selector'>): FunctionTitle {
  return selector === nativeTransferSelector ? nativeTransferTitle : labelTitle(signature);
}
