import { type Address, encodeFunctionData, type Hex, size } from 'viem';
import { erc20SpendAbi } from '../constants/abis';
import { selectors } from '../constants/selectors';
import type { SessionAction } from './action';
import { buildErc20Action, type Erc20ActionParameters } from './erc20';
import { readSpend } from './spend';

/** An action on ERC-20 `transfer`. @throws ActionError, PolicyError, AddressError */
export function buildTransferAction(parameters: Erc20ActionParameters): SessionAction[] {
  return buildErc20Action({ selector: selectors.transfer, recipient: 1, amount: 2 }, parameters);
}

/** Calldata of ERC-20 `transfer`. */
export function encodeTransfer(recipient: Address, amount: bigint): Hex {
  return encodeFunctionData({ abi: erc20SpendAbi, functionName: 'transfer', args: [recipient, amount] });
}

/** Reads calldata that is exactly a `transfer`, with nothing behind it; null for anything else. */
export function readTransfer(data: Hex): { recipient: Address; amount: bigint } | null {
  const spend = size(data) === 68 ? readSpend(data) : null;
  return spend?.kind === 'transfer' ? { recipient: spend.counterparty, amount: spend.amount } : null;
}
