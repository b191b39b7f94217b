import { type Hex, size } from 'viem';
import { selectors } from '../constants/selectors';
import { wordAt } from '../word';
import { readSpend, spendKind } from './spend';

/**
 * Whether the arguments of a known token function are whole and mean one thing: no address with upper bytes,
 * no flag but 0 and 1. Contracts disagree on how to read the rest. Unknown functions pass.
 */
export function hasCleanArguments(data: Hex): boolean {
  if (size(data) < 4) return true;
  const selector: Hex = `0x${data.slice(2, 10)}`;
  if (spendKind(selector) !== null) return readSpend(data) !== null;
  return selector.toLowerCase() !== selectors.setApprovalForAll || readsAsOperator(data);
}

function readsAsOperator(data: Hex): boolean {
  const operator = wordAt(data, 4n);
  const approved = wordAt(data, 36n);
  return operator !== null && operator < 2n ** 160n && approved !== null && approved <= 1n;
}
