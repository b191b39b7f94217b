import { type Address, encodeFunctionData, type Hex } from 'viem';
import { minedReceipt } from '../receipt';
import { counterAbi, tokenAbi } from './abis';
import type { TestChain } from './chain';

export const selectors = {
  transfer: '0xa9059cbb',
  transferFrom: '0x23b872dd',
  approve: '0x095ea7b3',
  increaseAllowance: '0x39509351',
  incrementCount: '0xe5071b8e',
  decrementCount: '0xb7f90f12',
  addTo: '0x2ebcff99',
  pay: '0x1b9265b8',
  refuse: '0x62c69b80',
  addWithNote: '0xbabb1128',
  none: '0xffffffff',
} as const satisfies Record<string, Hex>;

/** Calldata for the test tokens and the counter. */
export const data = {
  transfer: (to: Address, amount: bigint) =>
    encodeFunctionData({ abi: tokenAbi, functionName: 'transfer', args: [to, amount] }),
  transferFrom: (from: Address, to: Address, amount: bigint) =>
    encodeFunctionData({ abi: tokenAbi, functionName: 'transferFrom', args: [from, to, amount] }),
  approve: (spender: Address, amount: bigint) =>
    encodeFunctionData({ abi: tokenAbi, functionName: 'approve', args: [spender, amount] }),
  increaseAllowance: (spender: Address, added: bigint) =>
    encodeFunctionData({ abi: tokenAbi, functionName: 'increaseAllowance', args: [spender, added] }),
  increment: encodeFunctionData({ abi: counterAbi, functionName: 'incrementCount' }),
  decrement: encodeFunctionData({ abi: counterAbi, functionName: 'decrementCount' }),
  addTo: (amount: bigint) => encodeFunctionData({ abi: counterAbi, functionName: 'addTo', args: [amount] }),
  pay: encodeFunctionData({ abi: counterAbi, functionName: 'pay' }),
  refuse: encodeFunctionData({ abi: counterAbi, functionName: 'refuse' }),
};

export async function mint(chain: TestChain, token: Address, to: Address, amount: bigint): Promise<void> {
  const hash = await chain.client.writeContract({
    account: chain.bundler,
    address: token,
    abi: tokenAbi,
    functionName: 'mint',
    args: [to, amount],
  });
  await minedReceipt(chain.client, hash);
}
