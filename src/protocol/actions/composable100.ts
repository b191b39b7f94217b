import { decodeFunctionData, encodeFunctionData, type Hex } from 'viem';
import { accountAbi } from '../constants/abis';
import { type ComposableCall, composableError } from './composableCall';
import { decodeInput, decodeOutput, encodeInput, encodeOutput } from './composableParams';

const version = '1.0.0';

/** Calldata of `executeComposable` 1.0.0: target and value stand beside the inputs. */
export function encode100(calls: readonly ComposableCall[]): Hex {
  return encodeFunctionData({
    abi: accountAbi,
    functionName: 'executeComposable',
    args: [calls.map(encodeCall)],
  });
}

/** Reads `executeComposable` 1.0.0; null for calldata of another function of the account. */
export function decode100(callData: Hex): readonly ComposableCall[] | null {
  const { functionName, args } = decodeFunctionData({ abi: accountAbi, data: callData });
  if (functionName !== 'executeComposable') return null;
  return args[0].map(({ to, value, functionSig, inputParams, outputParams }) => ({
    to,
    value,
    selector: functionSig,
    inputs: inputParams.map((input) => decodeInput(input, version)),
    trailing: [],
    outputs: outputParams.map(decodeOutput),
  }));
}

function encodeCall({ to, value, selector, inputs, trailing, outputs }: ComposableCall) {
  if (typeof to !== 'string' || typeof value !== 'bigint') {
    throw composableError("Accounts of this version can't read target or value at run time.", selector);
  }
  return {
    to,
    value,
    functionSig: selector,
    inputParams: [...inputs, ...trailing].map((input) => encodeInput(input, version)),
    outputParams: outputs.map(encodeOutput),
  };
}
