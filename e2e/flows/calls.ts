import { type Address, encodeFunctionData, erc20Abi, type Hex, parseAbi } from 'viem';
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts';

export type Call = { to: Address; data: Hex; value?: bigint };

const counterAbi = parseAbi([
  'function addTo(uint256 amount)',
  'function addWithNote(string note, uint256 amount)',
  'function pay() payable',
  'function refuse()',
]);

/** Calls of the test counter that have arguments or carry value. */
export const counterCalls = (counter: Address) => ({
  addTo: (amount: bigint): Call => ({
    to: counter,
    data: encodeFunctionData({ abi: counterAbi, functionName: 'addTo', args: [amount] }),
  }),
  addWithNote: (note: string, amount: bigint): Call => ({
    to: counter,
    data: encodeFunctionData({ abi: counterAbi, functionName: 'addWithNote', args: [note, amount] }),
  }),
  pay: (value: bigint): Call => ({
    to: counter,
    data: encodeFunctionData({ abi: counterAbi, functionName: 'pay' }),
    value,
  }),
  refuse: (): Call => ({
    to: counter,
    data: encodeFunctionData({ abi: counterAbi, functionName: 'refuse' }),
  }),
});

/** Calls of a token. */
export const tokenCalls = (token: Address) => ({
  transfer: (to: Address, amount: bigint): Call => ({
    to: token,
    data: encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [to, amount] }),
  }),
  transferFrom: (from: Address, to: Address, amount: bigint): Call => ({
    to: token,
    data: encodeFunctionData({ abi: erc20Abi, functionName: 'transferFrom', args: [from, to, amount] }),
  }),
  approve: (spender: Address, amount: bigint): Call => ({
    to: token,
    data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [spender, amount] }),
  }),
});

/** An address that nobody has used. */
export const freshAddress = (): Address => privateKeyToAddress(generatePrivateKey());
