import { type AbiParameter, encodeAbiParameters, size, slice } from 'viem';
import { toWord } from '../word';
import type { CalldataError } from './calldataError';
import { type ComposableCall, composableError, type InputParam, mergeFixed, raw } from './composableCall';
import { type FunctionSignature, headOf, readFunction } from './functionSignature';

/** A `bytes` argument whose content is put together when the call runs. */
export type RuntimeBytes = { kind: 'bytes'; inputs: readonly InputParam[] };

/** Arguments of one encoding: fixed bytes and run-time words in their order, and whether the head points to them. */
type Encoded = { dynamic: boolean; inputs: readonly InputParam[] };

/**
 * A composable call of a function by its signature or ABI item. An argument may be a run-time value wherever the
 * function takes one word, inside tuples and arrays too; a `bytes` argument may be `RuntimeBytes`.
 * @throws CalldataError `COMPOSABLE_CALLDATA`, ActionError `FUNCTION_SIGNATURE`
 */
export function composableFunctionCall(parameters: {
  to: ComposableCall['to'];
  value?: ComposableCall['value'];
  functionSignature: FunctionSignature;
  args: readonly unknown[];
  conditions?: readonly InputParam[];
}): ComposableCall {
  const { to, value = 0n, functionSignature, args, conditions = [] } = parameters;
  const { selector, inputs } = readFunction(functionSignature);
  if (inputs === null || inputs.length !== args.length) {
    throw composableError('The arguments do not fit the function.', selector);
  }
  return {
    to,
    value,
    selector,
    inputs: mergeFixed([...encodeTuple(inputs, args), ...conditions]),
    trailing: [],
    outputs: [],
  };
}

function encodeTuple(parameters: readonly AbiParameter[], values: readonly unknown[]): readonly InputParam[] {
  return join(parameters.map((parameter, index) => encodeValue(parameter, values[index])));
}

function encodeValue(parameter: AbiParameter, value: unknown): Encoded {
  const { dynamic } = headOf(parameter);
  if (!hasRuntime(value)) {
    const encoded = encodeAbiParameters([parameter], [value]);
    return { dynamic, inputs: [raw(dynamic ? slice(encoded, 32) : encoded)] };
  }
  if (isRuntimeValue(value)) return { dynamic, inputs: wordOf(parameter, value) };
  if (isRuntimeBytes(value)) return { dynamic, inputs: bytesOf(parameter, value) };
  const array = /^(.*)\[(\d*)\]$/.exec(parameter.type);
  if (array !== null && Array.isArray(value)) {
    return { dynamic, inputs: arrayOf({ ...parameter, type: array[1] ?? '' }, array[2] ?? '', value) };
  }
  if ('components' in parameter) {
    const members = parameter.components.map((member, index) => memberOf(value, member.name, index));
    return { dynamic, inputs: encodeTuple(parameter.components, members) };
  }
  throw misplaced(parameter);
}

function arrayOf(element: AbiParameter, length: string, values: readonly unknown[]): readonly InputParam[] {
  if (length !== '' && Number(length) !== values.length) throw misplaced(element);
  const elements = join(values.map((value) => encodeValue(element, value)));
  return length === '' ? [raw(toWord(BigInt(values.length))), ...elements] : elements;
}

function wordOf(parameter: AbiParameter, value: InputParam): readonly InputParam[] {
  if (/^(?:u?int\d*|address|bool|bytes\d+)$/.test(parameter.type)) return [value];
  throw misplaced(parameter);
}

function bytesOf(parameter: AbiParameter, { inputs }: RuntimeBytes): readonly InputParam[] {
  if (parameter.type === 'bytes') return [raw(toWord(BigInt(sizeOf(inputs)))), ...inputs];
  throw misplaced(parameter);
}

/** Heads, then tails: a dynamic part leaves only its offset in the head. */
function join(parts: readonly Encoded[]): readonly InputParam[] {
  let offset = parts.reduce((sum, part) => sum + (part.dynamic ? 32 : sizeOf(part.inputs)), 0);
  const heads: InputParam[] = [];
  const tails: InputParam[] = [];
  for (const { dynamic, inputs } of parts) {
    if (!dynamic) {
      heads.push(...inputs);
      continue;
    }
    heads.push(raw(toWord(BigInt(offset))));
    tails.push(...inputs);
    offset += sizeOf(inputs);
  }
  return [...heads, ...tails];
}

/** A value read at run time counts one word. */
function sizeOf(inputs: readonly InputParam[]): number {
  return inputs.reduce((sum, input) => sum + (input.kind === 'raw' ? size(input.data) : 32), 0);
}

function memberOf(value: unknown, name: string | undefined, index: number): unknown {
  if (Array.isArray(value)) return value[index];
  return isRecord(value) && name !== undefined ? value[name] : undefined;
}

function hasRuntime(value: unknown): boolean {
  if (isRuntimeValue(value) || isRuntimeBytes(value)) return true;
  return isRecord(value) && Object.values(value).some(hasRuntime);
}

function isRuntimeValue(value: unknown): value is InputParam {
  return isRecord(value) && (value.kind === 'staticCall' || value.kind === 'balance');
}

function isRuntimeBytes(value: unknown): value is RuntimeBytes {
  return isRecord(value) && value.kind === 'bytes' && Array.isArray(value.inputs);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function misplaced({ type }: AbiParameter): CalldataError {
  return composableError(`A value read at run time does not fit an argument of type ${type}.`, '0x');
}
