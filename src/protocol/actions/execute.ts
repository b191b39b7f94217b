import {
  type Address,
  decodeAbiParameters,
  decodeFunctionData,
  encodeAbiParameters,
  encodeFunctionData,
  encodePacked,
  getAddress,
  type Hex,
  hexToBigInt,
  size,
  slice,
} from 'viem';
import { accountAbi, executionBatchParameters } from '../constants/abis';
import { executeBatchMode, executeSingleMode } from '../constants/modes';
import type { Call } from './call';
import { CalldataError, noCalls } from './calldataError';

/**
 * Calldata of ERC-7579 `execute`: one call in single mode (target, value, data packed), several in batch mode.
 * @throws CalldataError `NO_CALLS`
 */
export function encodeExecute(calls: readonly Call[]): Hex {
  const [first, ...others] = calls;
  if (first === undefined) throw noCalls();
  const args = others.length === 0 ? singleArguments(first) : batchArguments(calls);
  return encodeFunctionData({ abi: accountAbi, functionName: 'execute', args });
}

/**
 * Reads `execute` calldata back into calls. Accepts exactly what `encodeExecute` makes and nothing else.
 * @throws CalldataError `EXECUTE_CALLDATA`
 */
export function decodeExecute(callData: Hex): Call[] {
  const calls = readCalls(callData);
  if (calls !== null && calls.length > 0 && encodeExecute(calls).toLowerCase() === callData.toLowerCase())
    return calls;
  throw new CalldataError('EXECUTE_CALLDATA', {
    shortMessage: 'This is not a plain call or batch of calls of the account.',
    details: callData.slice(0, 138),
    action: 'Use execute in single or batch mode.',
  });
}

function singleArguments({ to, value, data }: Call): readonly [Hex, Hex] {
  return [executeSingleMode, encodePacked(['address', 'uint256', 'bytes'], [to, value, data])];
}

function batchArguments(calls: readonly Call[]): readonly [Hex, Hex] {
  const executions = calls.map(({ to, value, data }) => ({ target: to, value, callData: data }));
  return [executeBatchMode, encodeAbiParameters(executionBatchParameters, [executions])];
}

function readCalls(callData: Hex): Call[] | null {
  try {
    const { functionName, args } = decodeFunctionData({ abi: accountAbi, data: callData });
    if (functionName !== 'execute') return null;
    const [mode, executions] = args;
    if (mode === executeSingleMode) return [readSingle(executions)];
    return mode === executeBatchMode ? readBatch(executions) : null;
  } catch {
    return null;
  }
}

function readSingle(packed: Hex): Call {
  const to: Address = getAddress(slice(packed, 0, 20));
  return {
    to,
    value: hexToBigInt(slice(packed, 20, 52)),
    data: size(packed) === 52 ? '0x' : slice(packed, 52),
  };
}

function readBatch(encoded: Hex): Call[] {
  const [executions] = decodeAbiParameters(executionBatchParameters, encoded);
  return executions.map(({ target, value, callData }) => ({ to: target, value, data: callData }));
}
