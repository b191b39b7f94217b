import { concatHex, decodeFunctionData, encodeFunctionData, type Hex, size, slice } from 'viem';
import { accountAbi } from '../constants/abis';
import type { Call } from './call';
import { CalldataError, noCalls } from './calldataError';

const rawBytesFetcher = 0;

/**
 * Calldata of `executeComposable` (composability 1.0.0): every call carries its arguments as one raw parameter
 * without constraints.
 * @throws CalldataError `NO_CALLS`, or `COMPOSABLE_CALLDATA` for a call without a selector
 */
export function encodeComposable(calls: readonly Call[]): Hex {
  if (calls.length === 0) throw noCalls();
  return encodeFunctionData({
    abi: accountAbi,
    functionName: 'executeComposable',
    args: [calls.map(composableCall)],
  });
}

/**
 * Reads `executeComposable` calldata back into calls. Accepts exactly what `encodeComposable` makes: anything fetched
 * at run time or constrained has no fixed meaning and is refused.
 * @throws CalldataError `COMPOSABLE_CALLDATA`
 */
export function decodeComposable(callData: Hex): Call[] {
  const calls = readCalls(callData);
  if (
    calls !== null &&
    calls.length > 0 &&
    encodeComposable(calls).toLowerCase() === callData.toLowerCase()
  ) {
    return calls;
  }
  throw composableError('This is not a composable batch of fixed calls.', callData);
}

function composableCall({ to, value, data }: Call) {
  if (size(data) < 4) throw composableError('A composable call needs a function selector.', data);
  return {
    to,
    value,
    functionSig: slice(data, 0, 4),
    inputParams: [
      { fetcherType: rawBytesFetcher, paramData: size(data) === 4 ? '0x' : slice(data, 4), constraints: [] },
    ],
    outputParams: [],
  } as const;
}

function readCalls(callData: Hex): Call[] | null {
  try {
    const { functionName, args } = decodeFunctionData({ abi: accountAbi, data: callData });
    if (functionName !== 'executeComposable') return null;
    return args[0].map(({ to, value, functionSig, inputParams }) => ({
      to,
      value,
      data: concatHex([functionSig, ...inputParams.map(({ paramData }) => paramData)]),
    }));
  } catch {
    return null;
  }
}

function composableError(shortMessage: string, data: Hex): CalldataError {
  return new CalldataError('COMPOSABLE_CALLDATA', {
    shortMessage,
    details: data.slice(0, 138),
    action: 'Build the batch from calls with a selector and fixed arguments.',
  });
}
