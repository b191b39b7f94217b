import type { Hex } from 'viem';
import { encodeComposableCalls } from '../actions/composable';
import { encodeExecute } from '../actions/execute';
import type { ComposabilityVersion } from '../constants/versions';
import { defaultCallGasLimit } from './gas';
import type { Instruction } from './instruction';
import { customMetadata } from './metadata';
import type { PlannedUserOp } from './quotePlan';

/** One instruction as an operation that has no nonce yet. @throws CalldataError */
export function operationOf(
  instruction: Instruction,
  composability: ComposabilityVersion,
): Omit<PlannedUserOp, 'nonce'> {
  const { chainId, calls, bounds, retryDelay, metadata, overrides } = instruction;
  const gas = calls.reduce((sum, { gasLimit }) => sum + (gasLimit ?? defaultCallGasLimit), 0n);
  return {
    chainId,
    callData: callDataOf(instruction, composability),
    gas: { limit: gas },
    metadata: metadata ?? [customMetadata(chainId)],
    ...(bounds === undefined ? {} : { bounds }),
    ...(retryDelay === undefined ? {} : { retryDelay }),
    ...(overrides === undefined ? {} : { simulationOverrides: overrides }),
  };
}

function callDataOf(instruction: Instruction, composability: ComposabilityVersion): Hex {
  return instruction.composable
    ? encodeComposableCalls(instruction.calls, composability)
    : encodeExecute(instruction.calls);
}
