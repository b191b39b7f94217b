import type { Address, Hex } from 'viem';
import type { ReviewedAction } from '../../rpc/popup/procedures';
import type { Unit } from '../../ui/amountText';
import { cleanText } from '../../ui/cleanText';

/** Longest signature that a request may hold. */
export const signatureLength = 256;

/** What a policy's words depend on besides the policy itself. */
export type PolicyContext = {
  target: Address;
  selector: Hex;
  /** `name(type,type)`, known to fit the selector. */
  signature: string | undefined;
  /** Unit of the target when it is a token. */
  unit: Unit | undefined;
  /** Symbol of the chain's own coin, when the network is configured. */
  nativeSymbol: string | undefined;
  /** Unix seconds. */
  now: number;
};

/** What the values in a sentence are shown by. */
export type SentenceContext = Pick<PolicyContext, 'target' | 'unit' | 'nativeSymbol'>;

/** Context of one action's policies. */
export function policyContext(
  action: ReviewedAction,
  around: { nativeSymbol: string | undefined; now: number },
): PolicyContext {
  return {
    target: action.target,
    selector: action.selector,
    signature: action.signature === undefined ? undefined : cleanText(action.signature.text, signatureLength),
    unit: action.token,
    nativeSymbol: around.nativeSymbol,
    now: around.now,
  };
}
