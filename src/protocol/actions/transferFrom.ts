import { type Address, encodeFunctionData, type Hex, size } from 'viem';
import { erc20SpendAbi } from '../constants/abis';
import { selectors } from '../constants/selectors';
import type { SessionAction } from './action';
import { buildErc20Action, type Erc20ActionParameters } from './erc20';
import { readSpend } from './spend';

/** An action on ERC-20 `transferFrom`; the recipient is its second argument. @throws ActionError, PolicyError, AddressError */
export function buildTransferFromAction(parameters: Erc20ActionParameters): SessionAction[] {
  return buildErc20Action({ selector: selectors.transferFrom, recipient: 2, amount: 3 }, parameters);
}

/** Calldata of ERC-20 `transferFrom`. */
export function encodeTransferFrom(from: Address, recipient: Address, amount: bigint): Hex {
  return encodeFunctionData({
    abi: erc20SpendAbi,
    functionName: 'transferFrom',
    args: [from, recipient, amount],
  });
}

/** Reads calldata that is exactly a `transferFrom`, with nothing behind it; null for anything else. */
export function readTransferFrom(data: Hex): { from: Address; recipient: Address; amount: bigint } | null {
  const spend = size(data) === 100 ? readSpend(data) : null;
  if (spend?.kind !== 'transferFrom' || spend.from === null) return null;
  return { from: spend.from, recipient: spend.counterparty, amount: spend.amount };
}
