import fc, { type Arbitrary } from 'fast-check';
import {
  type Address,
  encodeFunctionData,
  getAddress,
  type Hex,
  numberToHex,
  parseAbi,
  zeroAddress,
} from 'viem';
import { describe, expect, it } from 'vitest';
import { nonceFromKey } from '../account/nonce';
import { composable110Abi } from '../constants/abis';
import type { ComposabilityVersion } from '../constants/versions';
import { toWord } from '../word';
import { decodeComposable, decodeComposableCalls, encodeComposableCalls } from './composable';
import {
  asFixedCall,
  type ComposableCall,
  type Constraint,
  fixedCall,
  type InputParam,
  type OutputParam,
  withConditions,
} from './composableCall';
import {
  equalTo,
  greaterThanOrEqualTo,
  inRange,
  lessThanOrEqualTo,
  nonceReached,
  runtimeAllowance,
  runtimeErc20Balance,
  runtimeNativeBalance,
  validatorInstalled,
} from './runtime';
import { composableFunctionCall } from './runtimeArguments';

const account: Address = '0x8377BbCf37da558a9DCECAf5aAF0a99a2e38f0c5';
const token: Address = '0x1E10e4f69b1dbABC3CA029D270DE08003F4F14fb';
const friend: Address = '0x000000000000000000000000000000000000dEaD';
const transfer = 'transfer(address,uint256)';
const balance = runtimeErc20Balance({ token, account });

const anyAddress = fc
  .bigInt(1n, 2n ** 160n - 1n)
  .map((value): Address => getAddress(numberToHex(value, { size: 20 })));
const anyWord = fc.bigInt(0n, 2n ** 256n - 1n);
const anyBytes = fc
  .uint8Array({ maxLength: 70 })
  .map((bytes): Hex => `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`);
const anyConstraints: Arbitrary<readonly Constraint[]> = fc.array(
  fc.oneof(
    anyWord.map(equalTo),
    anyWord.map(greaterThanOrEqualTo),
    anyWord.map(lessThanOrEqualTo),
    fc.tuple(anyWord, anyWord).map(([lower, upper]) => inRange(lower, upper)),
  ),
  { maxLength: 2 },
);
const rawInput = fc.record({
  kind: fc.constant('raw' as const),
  data: anyBytes,
  constraints: anyConstraints,
});
const staticCall = fc.record({
  kind: fc.constant('staticCall' as const),
  target: anyAddress,
  data: anyBytes,
  constraints: anyConstraints,
});
const balanceInput = fc.record({
  kind: fc.constant('balance' as const),
  token: fc.oneof(anyAddress, fc.constant(zeroAddress)),
  account: anyAddress,
  constraints: anyConstraints,
});
const output: Arbitrary<OutputParam> = fc.record({
  kind: fc.constantFrom('executionResult', 'staticCall'),
  data: anyBytes,
});

const anyCall = (version: ComposabilityVersion): Arbitrary<ComposableCall> => {
  const input: Arbitrary<InputParam> =
    version === '1.0.0' ? fc.oneof(rawInput, staticCall) : fc.oneof(rawInput, staticCall, balanceInput);
  const inputs = fc.array(input, { maxLength: 4 });
  const isOld = version === '1.0.0';
  return fc.record({
    to: isOld ? anyAddress : fc.oneof(anyAddress, fc.constant(zeroAddress), staticCall),
    value: isOld ? anyWord : fc.oneof(anyWord, fc.constant(0n), balanceInput, staticCall),
    selector: fc.bigInt(0n, 2n ** 32n - 1n).map((value) => numberToHex(value, { size: 4 })),
    inputs,
    trailing: isOld ? fc.constant([]) : inputs,
    outputs: fc.array(output, { maxLength: 1 }),
  });
};

describe.each(['1.0.0', '1.1.0'] as const)('composability %s', (version) => {
  it('reads back everything it writes', () => {
    fc.assert(
      fc.property(fc.array(anyCall(version), { minLength: 1, maxLength: 3 }), (calls) => {
        expect(decodeComposableCalls(encodeComposableCalls(calls, version))).toEqual({ version, calls });
      }),
      { numRuns: 10_000 },
    );
  }, 300_000);

  it('tells fixed calls from those that are put together later', () => {
    const fixed = fixedCall({ to: token, value: 3n, data: '0xe5071b8eaa' });
    const later = composableFunctionCall({ to: token, functionSignature: transfer, args: [friend, balance] });
    const bound = withConditions(fixed, [validatorInstalled({ account, module: friend })]);
    expect(asFixedCall(fixed)).toEqual({ to: token, value: 3n, data: '0xe5071b8eaa' });
    expect([later, bound].map(asFixedCall)).toEqual([null, null]);
    const encoded = encodeComposableCalls([fixed, later], version);
    expect(() => decodeComposable(encoded)).toThrow(expect.objectContaining({ code: 'COMPOSABLE_CALLDATA' }));
    expect(decodeComposable(encodeComposableCalls([fixed], version))).toEqual([
      { to: token, value: 3n, data: '0xe5071b8eaa' },
    ]);
  });

  it('shows conditions as they are', () => {
    const call = fixedCall({ to: token, value: 0n, data: '0xe5071b8e' });
    const installed = validatorInstalled({ account, module: friend });
    const nonce = nonceFromKey(5n, 3n);
    const conditions = [installed, nonceReached({ account, nonce })];
    const { calls } = decodeComposableCalls(
      encodeComposableCalls([withConditions(call, conditions)], version),
    );
    expect(calls[0]?.inputs.slice(1)).toEqual(conditions);
    expect(conditions.map(({ constraints }) => constraints)).toEqual([
      [{ type: 'equal', value: toWord(1n) }],
      [{ type: 'greaterThanOrEqual', value: toWord(nonce + 1n) }],
    ]);
  });
});

describe('composability 1.0.0', () => {
  it('reads an ERC-20 balance by a view call', () => {
    const call = composableFunctionCall({ to: token, functionSignature: transfer, args: [friend, balance] });
    const { calls } = decodeComposableCalls(encodeComposableCalls([call], '1.0.0'));
    const data = encodeFunctionData({
      abi: parseAbi(['function balanceOf(address) view returns (uint256)']),
      args: [account],
    });
    expect(calls[0]?.inputs[1]).toEqual({ kind: 'staticCall', target: token, data, constraints: [] });
  });

  it.each([
    ['native coin', { inputs: [runtimeNativeBalance({ account })] }],
    ['a target', { to: runtimeAllowance({ token, owner: friend, spender: account }) }],
    ['a value', { value: balance }],
  ])('can not read %s at run time', (_name, changes) => {
    const call = { ...fixedCall({ to: token, value: 0n, data: '0xe5071b8e' }), ...changes };
    expect(() => encodeComposableCalls([call], '1.0.0')).toThrow(
      expect.objectContaining({ code: 'COMPOSABLE_CALLDATA' }),
    );
  });
});

describe('composability 1.1.0', () => {
  type Placed = { paramType: number; fetcherType?: number; paramData: Hex };
  const encode = (...inputs: readonly Placed[]) =>
    encodeFunctionData({
      abi: composable110Abi,
      functionName: 'executeComposable',
      args: [
        [
          {
            functionSig: '0xe5071b8e',
            inputParams: inputs.map((input) => ({ fetcherType: 0, constraints: [], ...input })),
            outputParams: [],
          },
        ],
      ],
    });
  const target = { paramType: 0, paramData: toWord(BigInt(token)) };
  const decoded = (...inputs: readonly Placed[]) => decodeComposableCalls(encode(...inputs)).calls[0];

  it('reads target and value wherever they stand, and no target as no call', () => {
    const value = { paramType: 1, paramData: toWord(7n) };
    const data = { paramType: 2, paramData: toWord(9n) };
    expect(decoded(value, data, target)).toMatchObject({
      to: token,
      value: 7n,
      trailing: [{ data: toWord(9n) }],
    });
    expect(decoded(data)).toMatchObject({ to: zeroAddress, value: 0n, inputs: [{ data: toWord(9n) }] });
  });

  it('takes the first word of a longer value, as the contract does', () => {
    const value = { paramType: 1, paramData: `${toWord(7n)}${toWord(0n).slice(2)}` as const };
    expect(decoded(target, value)).toMatchObject({ value: 7n });
  });

  it.each<[string, readonly Placed[]]>([
    ['two targets', [target, target]],
    [
      'two values',
      [target, { paramType: 1, paramData: toWord(1n) }, { paramType: 1, paramData: toWord(1n) }],
    ],
    ['a short target', [{ paramType: 0, paramData: '0x01' }]],
    ['a target that is no address', [{ paramType: 0, paramData: toWord(2n ** 160n) }]],
    ['a balance as target', [{ paramType: 0, fetcherType: 2, paramData: `0x${'11'.repeat(40)}` }]],
    ['an unknown place', [target, { paramType: 3, paramData: '0x' }]],
    ['an unknown kind', [target, { paramType: 2, fetcherType: 3, paramData: '0x' }]],
    ['a balance of another length', [target, { paramType: 2, fetcherType: 2, paramData: '0x11' }]],
    ['a view call that can not be read', [target, { paramType: 2, fetcherType: 1, paramData: '0x11' }]],
  ])('refuses %s', (_name, inputs) => {
    expect(() => decodeComposableCalls(encode(...inputs))).toThrow(
      expect.objectContaining({ code: 'COMPOSABLE_CALLDATA' }),
    );
  });
});

it.each<[string, Hex]>([
  ['nothing', '0x'],
  ['another function', '0xe9ae5c53'],
  ['half a call', '0x7eba07b800'],
  ['no call', encodeFunctionData({ abi: composable110Abi, functionName: 'executeComposable', args: [[]] })],
])('calldata of %s is no composable batch', (_name, callData) => {
  expect(() => decodeComposableCalls(callData)).toThrow(
    expect.objectContaining({ code: 'COMPOSABLE_CALLDATA' }),
  );
});
