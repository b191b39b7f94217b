import type { Address } from 'viem';
import { getAddress, isAddress } from 'viem/utils';
import type { ReviewedArgument, ReviewedCall } from '../../rpc/popup/reviewParts';
import { cleanText } from '../../ui/cleanText';
import { tokenFunction } from '../policies/knownFunctions';

/** An argument's value as it is best read. */
export type ArgumentValue =
  | { kind: 'address'; value: Address }
  | { kind: 'amount'; value: bigint }
  | { kind: 'number'; value: bigint }
  | { kind: 'text'; value: string };

/** Longer values are cut here; the raw data beside them is whole. */
const longest = 4096;

/** How to show an argument: as an amount of the token that is called where it is one. */
export function argumentValue(
  { selector }: Pick<ReviewedCall, 'selector'>,
  { type, value }: ReviewedArgument,
  index: number,
): ArgumentValue {
  if (type === 'address' && isAddress(value, { strict: false })) {
    return { kind: 'address', value: getAddress(value) };
  }
  if (/^u?int\d*$/.test(type) && /^-?\d{1,78}$/.test(value)) {
    const offset = selector === null ? undefined : tokenFunction(selector)?.amountOffset;
    return { kind: offset === BigInt(index * 32) ? 'amount' : 'number', value: BigInt(value) };
  }
  return { kind: 'text', value: cleanText(value, longest) };
}
