import {
  type Address,
  concat,
  encodeAbiParameters,
  encodeFunctionData,
  type Hex,
  pad,
  parseAbi,
  toHex,
} from 'viem';

/** Composable execution 1.1.0. */
export const composerAbi = parseAbi([
  'struct Constraint { uint8 constraintType; bytes referenceData; }',
  'struct InputParam { uint8 paramType; uint8 fetcherType; bytes paramData; Constraint[] constraints; }',
  'struct OutputParam { uint8 fetcherType; bytes paramData; }',
  'struct ComposableExecution { bytes4 functionSig; InputParam[] inputParams; OutputParam[] outputParams; }',
  'function executeComposable(ComposableExecution[] executions) payable',
  'error ConstraintNotMet(uint8 constraintType)',
  'error InvalidParameterEncoding(string message)',
  'error InvalidSetOfInputParams(string message)',
]);

const kinds = { target: 0, value: 1, data: 2 } as const;
type Kind = keyof typeof kinds;

export interface Constraint {
  constraintType: number;
  referenceData: Hex;
}

export interface Input {
  paramType: number;
  fetcherType: number;
  paramData: Hex;
  constraints: readonly Constraint[];
}

/** Inputs by how they are fetched. */
export const inputs = {
  raw: (kind: Kind, paramData: Hex, constraints: readonly Constraint[] = []): Input => ({
    paramType: kinds[kind],
    fetcherType: 0,
    paramData,
    constraints,
  }),
  call: (kind: Kind, to: Address, data: Hex, constraints: readonly Constraint[] = []): Input => ({
    paramType: kinds[kind],
    fetcherType: 1,
    paramData: encodeAbiParameters([{ type: 'address' }, { type: 'bytes' }], [to, data]),
    constraints,
  }),
  balance: (kind: Kind, token: Address, of: Address, constraints: readonly Constraint[] = []): Input => ({
    paramType: kinds[kind],
    fetcherType: 2,
    paramData: concat([token, of]),
    constraints,
  }),
  target: (to: Address): Input => inputs.raw('target', pad(to, { size: 32 })),
  value: (amount: bigint): Input => inputs.raw('value', toHex(amount, { size: 32 })),
};

export function compose(executions: readonly { functionSig: Hex; inputParams: readonly Input[] }[]): Hex {
  return encodeFunctionData({
    abi: composerAbi,
    functionName: 'executeComposable',
    args: [executions.map((execution) => ({ ...execution, outputParams: [] }))],
  });
}
