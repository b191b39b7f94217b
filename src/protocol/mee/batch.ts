import { type Address, encodeFunctionData, size } from 'viem';
import type { Call } from '../actions/call';
import { type ComposableCall, fixedCall } from '../actions/composableCall';
import { forwarderAbi } from '../constants/abis';
import {
  assertBounds,
  type ComposableInstruction,
  type Instruction,
  type PlainInstruction,
  type TimeBounds,
} from './instruction';
import { customMetadata } from './metadata';

export type BatchContext = {
  /** Time bounds of the quote, for ends that an instruction leaves open. */
  bounds: TimeBounds;
  /** Contract that passes native coin on for calls without a function. */
  forwarder: Address;
};

/**
 * Joins the instructions of each chain into one, chains in the order of their first appearance.
 * Where one of them is composable all become so. The widest time window of a chain counts, the later one of equals;
 * the longest retry delay; all metadata and overrides.
 * @throws QuoteRequestError `BOUNDS`, CalldataError
 */
export function batchInstructions(
  instructions: readonly Instruction[],
  context: BatchContext,
): readonly Instruction[] {
  const chainIds = [...new Set(instructions.map(({ chainId }) => chainId))];
  return chainIds.map((chainId) =>
    batchOne(
      instructions.filter((instruction) => instruction.chainId === chainId),
      context,
    ),
  );
}

/** An instruction in composable form. A call without a function becomes one of the forwarder. */
export function toComposable(instruction: Instruction, forwarder: Address): ComposableInstruction {
  if (instruction.composable) return instruction;
  const { calls, ...rest } = instruction;
  return {
    ...rest,
    composable: true,
    calls: calls.map(({ gasLimit, ...call }) => ({
      ...composableForm(call, forwarder),
      ...(gasLimit === undefined ? {} : { gasLimit }),
    })),
  };
}

function composableForm(call: Call, forwarder: Address): ComposableCall {
  return fixedCall(size(call.data) === 0 ? forwardCall(call, forwarder) : call);
}

/** The call of the forwarder that sends native coin to an address. */
export function forwardCall({ to, value }: Pick<Call, 'to' | 'value'>, forwarder: Address): Call {
  const data = encodeFunctionData({ abi: forwarderAbi, functionName: 'forward', args: [to] });
  return { to: forwarder, value, data };
}

function batchOne(instructions: readonly Instruction[], context: BatchContext): Instruction {
  const [first, ...others] = instructions;
  if (first !== undefined && others.length === 0) return first;
  const merged = mergeOptions(instructions, context);
  const isPlain = instructions.every((instruction) => !instruction.composable);
  if (isPlain) return { ...merged, composable: false, calls: instructions.flatMap(plainCalls) };
  const composable = instructions.map((instruction) => toComposable(instruction, context.forwarder));
  return { ...merged, composable: true, calls: composable.flatMap(({ calls }) => calls) };
}

function plainCalls(instruction: Instruction): PlainInstruction['calls'] {
  return instruction.composable ? [] : instruction.calls;
}

function mergeOptions(instructions: readonly Instruction[], context: BatchContext) {
  const bounds = widest(instructions, context.bounds);
  const delays = instructions.flatMap(({ retryDelay }) => retryDelay ?? []);
  const tokenOverrides = instructions.flatMap(({ overrides }) => overrides?.tokenOverrides ?? []);
  const customOverrides = instructions.flatMap(({ overrides }) => overrides?.customOverrides ?? []);
  const overrides = tokenOverrides.length + customOverrides.length > 0;
  return {
    chainId: instructions[0]?.chainId ?? 0,
    metadata: instructions.flatMap(({ chainId, metadata }) => metadata ?? [customMetadata(chainId)]),
    ...(bounds === undefined ? {} : { bounds }),
    ...(delays.length === 0 ? {} : { retryDelay: Math.max(...delays) }),
    ...(overrides ? { overrides: { tokenOverrides, customOverrides } } : {}),
  };
}

function widest(instructions: readonly Instruction[], quote: TimeBounds): TimeBounds | undefined {
  const windows = instructions.flatMap(({ bounds }) =>
    bounds === undefined ? [] : [{ ...quote, ...bounds }],
  );
  windows.forEach(assertBounds);
  const width = Math.max(...windows.map(({ lower, upper }) => upper - lower));
  return windows.findLast(({ lower, upper }) => upper - lower === width);
}
