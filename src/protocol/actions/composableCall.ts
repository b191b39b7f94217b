import type { Address, Hex } from 'viem';
import { size, slice } from 'viem';
import type { Call } from './call';
import { CalldataError } from './calldataError';

/**
 * A condition on one word of a fetched value, compared unsigned; the n-th constraint of an input is on its n-th word.
 * When it does not hold the call reverts, and a node tries again until the time bound.
 */
export type Constraint =
  | { type: 'equal' | 'greaterThanOrEqual' | 'lessThanOrEqual'; value: Hex }
  | { type: 'inRange'; lower: Hex; upper: Hex };

/** Bytes that are known when the call is signed. */
export type RawInput = { kind: 'raw'; data: Hex; constraints: readonly Constraint[] };

/** The answer of a view call made when the call runs. */
export type StaticCallInput = {
  kind: 'staticCall';
  target: Address;
  data: Hex;
  constraints: readonly Constraint[];
};

/**
 * The balance of an account when the call runs; the zero address as token stands for native coin.
 * Composability 1.0.0 has no such input: an ERC-20 balance goes out as a view call there, native coin is refused.
 */
export type BalanceInput = {
  kind: 'balance';
  token: Address;
  account: Address;
  constraints: readonly Constraint[];
};

/** One part of what a composable call is put together from. */
export type InputParam = RawInput | StaticCallInput | BalanceInput;

/** A value that is read when the call runs. */
export type RuntimeValue = StaticCallInput | BalanceInput;

/** Something a composable call writes to shared storage; kept as bytes, for display only. */
export type OutputParam = { kind: 'executionResult' | 'staticCall'; data: Hex };

/**
 * One call that the account puts together when it runs: `selector`, then every input's bytes in order.
 * The zero address as target makes no call and only checks the constraints.
 */
export type ComposableCall = {
  /** An input instead of an address needs composability 1.1.0. */
  to: Address | InputParam;
  /** Wei. An input instead of a number needs composability 1.1.0. */
  value: bigint | InputParam;
  selector: Hex;
  inputs: readonly InputParam[];
  /** Inputs encoded behind target and value, for conditions added to a finished call; they count as calldata too. */
  trailing: readonly InputParam[];
  outputs: readonly OutputParam[];
};

/** A composable call whose bytes are all fixed. @throws CalldataError `COMPOSABLE_CALLDATA` for a call without a selector */
export function fixedCall({ to, value, data }: Call): ComposableCall {
  if (size(data) < 4) throw composableError('A composable call needs a function selector.', data);
  return {
    to,
    value,
    selector: slice(data, 0, 4),
    inputs: [raw(size(data) === 4 ? '0x' : slice(data, 4))],
    trailing: [],
    outputs: [],
  };
}

/** The call that a composable call makes when all its bytes are fixed and nothing is compared or stored; null otherwise. */
export function asFixedCall({ to, value, selector, inputs, trailing, outputs }: ComposableCall): Call | null {
  if (typeof to !== 'string' || typeof value !== 'bigint' || outputs.length > 0) return null;
  const parts = [...inputs, ...trailing].map((input) => (isFixed(input) ? input.data : null));
  if (parts.includes(null)) return null;
  return { to, value, data: `${selector}${parts.map((part) => part?.slice(2)).join('')}` };
}

/** An input of fixed bytes. */
export function raw(data: Hex): RawInput {
  return { kind: 'raw', data, constraints: [] };
}

/** Neighbouring fixed inputs as one, so that the account has fewer parts to join. */
export function mergeFixed(inputs: readonly InputParam[]): readonly InputParam[] {
  const merged: InputParam[] = [];
  for (const input of inputs) {
    const last = merged.at(-1);
    if (last === undefined || !isFixed(last) || !isFixed(input)) merged.push(input);
    else merged[merged.length - 1] = raw(`${last.data}${input.data.slice(2)}`);
  }
  return merged;
}

/** Adds conditions to a call, behind its arguments. */
export function withConditions(call: ComposableCall, conditions: readonly InputParam[]): ComposableCall {
  return { ...call, inputs: [...call.inputs, ...conditions] };
}

/** An error of composable calldata. */
export function composableError(shortMessage: string, data: Hex, cause?: unknown): CalldataError {
  return new CalldataError('COMPOSABLE_CALLDATA', {
    shortMessage,
    details: data.slice(0, 138),
    action: 'Build the batch from calls that the version of the account can make.',
    ...(cause === undefined ? {} : { cause }),
  });
}

function isFixed(input: InputParam): input is RawInput {
  return input.kind === 'raw' && input.constraints.length === 0;
}
