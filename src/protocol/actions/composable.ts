import { getAbiItem, type Hex, toFunctionSelector } from 'viem';
import { composable110Abi } from '../constants/abis';
import type { ComposabilityVersion } from '../constants/versions';
import type { Call } from './call';
import { CalldataError, noCalls } from './calldataError';
import { decode100, encode100 } from './composable100';
import { decode110, encode110 } from './composable110';
import { asFixedCall, type ComposableCall, composableError, fixedCall } from './composableCall';

const selector110 = toFunctionSelector(getAbiItem({ abi: composable110Abi, name: 'executeComposable' }));

/**
 * Calldata of `executeComposable` for calls whose bytes are all fixed: each carries its arguments as one raw parameter
 * without constraints.
 * @throws CalldataError `NO_CALLS`, or `COMPOSABLE_CALLDATA` for a call without a selector
 */
export function encodeComposable(calls: readonly Call[], version: ComposabilityVersion = '1.0.0'): Hex {
  return encodeComposableCalls(calls.map(fixedCall), version);
}

/**
 * Reads `executeComposable` calldata of either version back into calls. Accepts exactly what `encodeComposable` makes:
 * anything fetched at run time or constrained has no fixed meaning and is refused.
 * @throws CalldataError `COMPOSABLE_CALLDATA`
 */
export function decodeComposable(callData: Hex): Call[] {
  const { version, calls } = decodeComposableCalls(callData);
  const fixed = calls.flatMap((call) => asFixedCall(call) ?? []);
  const isSame =
    fixed.length === calls.length &&
    encodeComposable(fixed, version).toLowerCase() === callData.toLowerCase();
  if (isSame) return fixed;
  throw composableError('This is not a composable batch of fixed calls.', callData);
}

/**
 * Calldata of `executeComposable` with everything composability offers: values read at run time and conditions.
 * @throws CalldataError `NO_CALLS`, or `COMPOSABLE_CALLDATA` for what the version does not have
 */
export function encodeComposableCalls(calls: readonly ComposableCall[], version: ComposabilityVersion): Hex {
  if (calls.length === 0) throw noCalls();
  return version === '1.0.0' ? encode100(calls) : encode110(calls);
}

/**
 * Reads any `executeComposable` calldata that an account of either version would run, for display and for checks.
 * @throws CalldataError `COMPOSABLE_CALLDATA` for anything an account would refuse to read
 */
export function decodeComposableCalls(callData: Hex): {
  version: ComposabilityVersion;
  calls: readonly ComposableCall[];
} {
  try {
    const version = versionOf(callData);
    const calls = version === '1.0.0' ? decode100(callData) : decode110(callData);
    if (calls !== null && calls.length > 0) return { version, calls };
  } catch (cause) {
    if (cause instanceof CalldataError) throw cause;
    throw composableError('This is not a composable batch of calls.', callData, cause);
  }
  throw composableError('This is not a composable batch of calls.', callData);
}

function versionOf(callData: Hex): ComposabilityVersion {
  return callData.slice(0, 10).toLowerCase() === selector110 ? '1.1.0' : '1.0.0';
}
