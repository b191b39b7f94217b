import { type AbiFunction, type AbiParameter, type Hex, isHex, toFunctionSelector } from 'viem';
import { ActionError } from './actionError';
import { parseFunction } from './parseFunction';
import { assertSelector } from './validate';

/** A function named by its four-byte selector, by a human signature (`transfer(address,uint256)`) or by its ABI item. */
export type FunctionSignature = Hex | string | AbiFunction;

/** The selector, and the inputs where the signature tells them. */
export type ReadFunction = { selector: Hex; inputs: readonly AbiParameter[] | null };

/** Reads any form of function signature. @throws ActionError `SELECTOR`, `FUNCTION_SIGNATURE` */
export function readFunction(signature: FunctionSignature): ReadFunction {
  if (typeof signature !== 'string')
    return { selector: toFunctionSelector(signature), inputs: signature.inputs };
  if (isHex(signature, { strict: false })) {
    assertSelector(signature);
    return { selector: `0x${signature.slice(2).toLowerCase()}`, inputs: null };
  }
  const item = parseFunction(signature);
  if (item === null) throw unreadable(signature);
  return { selector: toFunctionSelector(item), inputs: item.inputs };
}

function unreadable(signature: string): ActionError {
  return new ActionError('FUNCTION_SIGNATURE', {
    shortMessage: "The function signature can't be read.",
    details: signature.slice(0, 200),
    action: 'Write it like transfer(address to, uint256 amount).',
  });
}

/** Size in bytes of a value's head in the ABI encoding, and whether the head is only a pointer. */
export function headOf(parameter: AbiParameter): { bytes: number; dynamic: boolean } {
  const array = /^(.*)\[(\d*)\]$/.exec(parameter.type);
  if (array !== null) return arrayHead({ ...parameter, type: array[1] ?? '' }, array[2] ?? '');
  if (parameter.type === 'bytes' || parameter.type === 'string') return { bytes: 32, dynamic: true };
  if (!('components' in parameter)) return { bytes: 32, dynamic: false };
  const heads = parameter.components.map(headOf);
  if (heads.some(({ dynamic }) => dynamic)) return { bytes: 32, dynamic: true };
  return { bytes: heads.reduce((sum, { bytes }) => sum + bytes, 0), dynamic: false };
}

function arrayHead(element: AbiParameter, length: string): { bytes: number; dynamic: boolean } {
  const head = headOf(element);
  if (length === '' || head.dynamic) return { bytes: 32, dynamic: true };
  return { bytes: head.bytes * Number(length), dynamic: false };
}
