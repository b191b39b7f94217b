import {
  type Address,
  decodeFunctionData,
  encodeFunctionData,
  getAddress,
  type Hex,
  numberToHex,
  zeroAddress,
} from 'viem';
import { composable110Abi } from '../constants/abis';
import { toWord, wordAt } from '../word';
import { type ComposableCall, composableError, type InputParam, raw } from './composableCall';
import { decodeInput, decodeOutput, type EncodedInput, encodeInput, encodeOutput } from './composableParams';

const version = '1.1.0';

/** Where an input goes: the contract's enum. */
const places = { target: 0, value: 1, callData: 2 } as const;

type PlacedInput = EncodedInput & { paramType: number };
type Read = { place: number; input: InputParam };

/** Calldata of `executeComposable` 1.1.0: calldata inputs, then the target, then the value unless it is 0. */
export function encode110(calls: readonly ComposableCall[]): Hex {
  return encodeFunctionData({
    abi: composable110Abi,
    functionName: 'executeComposable',
    args: [calls.map(encodeCall)],
  });
}

/** Reads `executeComposable` 1.1.0, its inputs in any order. */
export function decode110(callData: Hex): readonly ComposableCall[] {
  const { args } = decodeFunctionData({ abi: composable110Abi, data: callData });
  return args[0].map(({ functionSig, inputParams, outputParams }) => {
    const reads = inputParams.map((input) => ({
      place: input.paramType,
      input: decodeInput(input, version),
    }));
    const target = only(reads, places.target, functionSig);
    const value = only(reads, places.value, functionSig);
    const first = reads.findIndex(({ place }) => place !== places.callData);
    const end = first === -1 ? reads.length : first;
    return {
      to: target === null ? zeroAddress : decodeTarget(target),
      value: value === null ? 0n : decodeValue(value),
      selector: functionSig,
      inputs: callDataOf(reads.slice(0, end)),
      trailing: callDataOf(reads.slice(end)),
      outputs: outputParams.map(decodeOutput),
    };
  });
}

function encodeCall({ to, value, selector, inputs, trailing, outputs }: ComposableCall) {
  const target = typeof to === 'string' ? raw(toWord(BigInt(to))) : to;
  return {
    functionSig: selector,
    inputParams: [
      ...inputs.map((input) => placed(input, places.callData)),
      placed(target, places.target),
      ...(value === 0n ? [] : [placed(typeof value === 'bigint' ? raw(toWord(value)) : value, places.value)]),
      ...trailing.map((input) => placed(input, places.callData)),
    ],
    outputParams: outputs.map(encodeOutput),
  };
}

function placed(input: InputParam, paramType: number): PlacedInput {
  return { paramType, ...encodeInput(input, version) };
}

/** The contract reverts on a second target or value. */
function only(reads: readonly Read[], place: number, selector: Hex): InputParam | null {
  const [found, ...more] = reads.filter((read) => read.place === place);
  if (more.length > 0) throw composableError('A call of the batch has two targets or two values.', selector);
  return found?.input ?? null;
}

function callDataOf(reads: readonly Read[]): readonly InputParam[] {
  const known = reads.filter(({ place }) => place === places.callData);
  const other = reads.find(({ place }) => place > places.callData);
  if (other === undefined) return known.map(({ input }) => input);
  throw composableError('An input of the batch goes to no known place.', '0x');
}

function decodeTarget(input: InputParam): Address | InputParam {
  if (input.kind === 'balance') throw composableError('A balance is no target.', input.token);
  const word = fixedWord(input);
  if (word === null) return input;
  if (word >= 2n ** 160n) throw composableError('The target of a call is no address.', toWord(word));
  return getAddress(numberToHex(word, { size: 20 }));
}

function decodeValue(input: InputParam): bigint | InputParam {
  return fixedWord(input) ?? input;
}

/** The first word of an input of fixed bytes, which is what the contract takes; null for any other input. */
function fixedWord(input: InputParam): bigint | null {
  if (input.kind !== 'raw' || input.constraints.length > 0) return null;
  const word = wordAt(input.data, 0n);
  if (word !== null) return word;
  throw composableError('The target or value of a call is shorter than a word.', input.data);
}
