import { type Address, concat, encodeAbiParameters, encodeFunctionData, type Hex, pad, toHex } from 'viem';
import { accountAbi } from './abis';

export interface Call {
  to: Address;
  value?: bigint;
  data?: Hex;
}

const executions = [
  {
    type: 'tuple[]',
    components: [
      { name: 'target', type: 'address' },
      { name: 'value', type: 'uint256' },
      { name: 'callData', type: 'bytes' },
    ],
  },
] as const;

function execute(mode: Hex, data: Hex): Hex {
  const args = [pad(mode, { dir: 'right', size: 32 }), data] as const;
  return encodeFunctionData({ abi: accountAbi, functionName: 'execute', args });
}

function packed({ to, value = 0n, data = '0x' }: Call): Hex {
  return concat([to, toHex(value, { size: 32 }), data]);
}

/** ERC-7579 calldata. The mode's first byte is the call type, the second the execution type. */
export const calls = {
  execute,
  single: (call: Call): Hex => execute('0x00', packed(call)),
  trySingle: (call: Call): Hex => execute('0x0001', packed(call)),
  batch: (list: readonly Call[], mode: Hex = '0x01'): Hex =>
    execute(
      mode,
      encodeAbiParameters(executions, [
        list.map(({ to, value = 0n, data = '0x' }) => ({ target: to, value, callData: data })),
      ]),
    ),
};
