import { type Address, encodeFunctionData, type Hex, parseAbi, toFunctionSelector } from 'viem';
import type { Devnet } from '../../devnet/devnet';
import { buildActionPolicy } from '../../src/client';
import { firstChain } from './chain';

const counterAbi = parseAbi(['function incrementCount()', 'function decrementCount()']);

export const incrementCall = (counter: Address): { to: Address; data: Hex } => ({
  to: counter,
  data: encodeFunctionData({ abi: counterAbi, functionName: 'incrementCount' }),
});

export const decrementCall = (counter: Address): { to: Address; data: Hex } => ({
  to: counter,
  data: encodeFunctionData({ abi: counterAbi, functionName: 'decrementCount' }),
});

/** The wire form of asking for Counter.incrementCount with a usage limit. */
export const prepareRequest = (devnet: Devnet, options: { requestId: string; usageLimit?: bigint }) => {
  const { chainId, counter, permitToken } = firstChain(devnet);
  return {
    requestId: options.requestId,
    enableSession: {
      actions: [
        {
          chainId,
          actions: [
            {
              actionTarget: counter,
              actionTargetSelector: toFunctionSelector('incrementCount()'),
              actionPolicies: [buildActionPolicy({ type: 'usageLimit', limit: options.usageLimit ?? 3n })],
              signature: 'incrementCount()',
            },
          ],
        },
      ],
    },
    feeToken: { address: permitToken, chainId },
  };
};

/** The wire form of executing one call on the first chain. */
export const useRequest = (
  devnet: Devnet,
  requestId: string,
  call: { to: Address; data: Hex; value?: string },
) => ({
  requestId,
  instructions: [{ chainId: firstChain(devnet).chainId, calls: [call] }],
});
