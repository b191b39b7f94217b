import type { ReviewedCall } from '../../rpc/popup/reviewParts';
import { type FunctionTitle, labelTitle, nativeTransferTitle } from '../review/functionTitle';

/** How the function of a call is called on the screen. Unlike in a permission, the selector 0xffffffff is a function here. */
export function callTitle({
  selector,
  signature,
}: Pick<ReviewedCall, 'selector' | 'signature'>): FunctionTitle {
  return selector === null ? nativeTransferTitle : labelTitle(signature);
}
