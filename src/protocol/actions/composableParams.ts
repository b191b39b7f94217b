import {
  type Address,
  concatHex,
  decodeAbiParameters,
  encodeAbiParameters,
  encodeFunctionData,
  getAddress,
  type Hex,
  pad,
  parseAbiParameters,
  size,
  slice,
  zeroAddress,
} from 'viem';
import { tokenReadsAbi } from '../constants/abis';
import type { ComposabilityVersion } from '../constants/versions';
import {
  type Constraint,
  composableError,
  type InputParam,
  type OutputParam,
  type StaticCallInput,
} from './composableCall';

const fetchers = ['raw', 'staticCall', 'balance'] as const;
const constraintTypes = ['equal', 'greaterThanOrEqual', 'lessThanOrEqual', 'inRange'] as const;
const outputKinds = ['executionResult', 'staticCall'] as const;
const staticCallParameters = parseAbiParameters('address target, bytes data');
const rangeParameters = parseAbiParameters('bytes32 lower, bytes32 upper');

/** An input as the contracts read it, without the place it goes to. */
export type EncodedInput = {
  fetcherType: number;
  paramData: Hex;
  constraints: readonly { constraintType: number; referenceData: Hex }[];
};

/** An output as the contracts read it. */
export type EncodedOutput = { fetcherType: number; paramData: Hex };

/** @throws CalldataError for native balances in composability 1.0.0 */
export function encodeInput(input: InputParam, version: ComposabilityVersion): EncodedInput {
  const read = version === '1.0.0' && input.kind === 'balance' ? balanceAsCall(input) : input;
  return {
    fetcherType: fetchers.indexOf(read.kind),
    paramData: encodeParamData(read),
    constraints: read.constraints.map(encodeConstraint),
  };
}

/** @throws CalldataError for what no contract accepts */
export function decodeInput(
  { fetcherType, paramData, constraints }: EncodedInput,
  version: ComposabilityVersion,
): InputParam {
  const kind = fetchers[fetcherType];
  const read = { constraints: constraints.map(decodeConstraint) };
  switch (kind) {
    case 'raw':
      return { kind, data: paramData, ...read };
    case 'staticCall': {
      const [target, data] = decodeAbiParameters(staticCallParameters, paramData);
      return { kind, target, data, ...read };
    }
    case 'balance':
      if (version === '1.1.0' && size(paramData) === 40) {
        return { kind, token: addressAt(paramData, 0), account: addressAt(paramData, 20), ...read };
      }
  }
  throw composableError('An input of the batch is of no known kind.', paramData);
}

export function encodeOutput({ kind, data }: OutputParam): EncodedOutput {
  return { fetcherType: outputKinds.indexOf(kind), paramData: data };
}

export function decodeOutput({ fetcherType, paramData }: EncodedOutput): OutputParam {
  const kind = outputKinds[fetcherType];
  if (kind !== undefined) return { kind, data: paramData };
  throw composableError('An output of the batch is of no known kind.', paramData);
}

function encodeParamData(input: InputParam): Hex {
  switch (input.kind) {
    case 'raw':
      return input.data;
    case 'staticCall':
      return encodeAbiParameters(staticCallParameters, [input.target, input.data]);
    case 'balance':
      return concatHex([input.token, input.account]);
  }
}

function balanceAsCall({ token, account, constraints }: InputParam & { kind: 'balance' }): StaticCallInput {
  if (token === zeroAddress) {
    throw composableError('This account version can not read native coin at run time.', token);
  }
  const data = encodeFunctionData({ abi: tokenReadsAbi, functionName: 'balanceOf', args: [account] });
  return { kind: 'staticCall', target: token, data, constraints };
}

function encodeConstraint(constraint: Constraint) {
  return {
    constraintType: constraintTypes.indexOf(constraint.type),
    referenceData:
      constraint.type === 'inRange'
        ? encodeAbiParameters(rangeParameters, [constraint.lower, constraint.upper])
        : constraint.value,
  };
}

/** The contracts take the first 32 bytes of a reference and fill up what is missing with zeros behind. */
function decodeConstraint({
  constraintType,
  referenceData,
}: EncodedInput['constraints'][number]): Constraint {
  const type = constraintTypes[constraintType];
  if (type === undefined)
    throw composableError('A condition of the batch is of no known kind.', referenceData);
  if (type === 'inRange') {
    const [lower, upper] = decodeAbiParameters(rangeParameters, referenceData);
    return { type, lower, upper };
  }
  const value = size(referenceData) > 32 ? slice(referenceData, 0, 32) : referenceData;
  return { type, value: pad(value, { dir: 'right' }) };
}

function addressAt(data: Hex, offset: number): Address {
  return getAddress(slice(data, offset, offset + 20));
}
