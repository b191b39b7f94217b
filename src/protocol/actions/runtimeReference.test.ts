import {
  buildComposableCall,
  COMPOSABILITY_MODULE_ABI_V1_0_0,
  COMPOSABILITY_MODULE_ABI_V1_1_0,
  ConditionType,
  createCondition,
  runtimeERC20AllowanceOf,
  runtimeERC20BalanceOf,
  runtimeNativeBalanceOf,
  ComposabilityVersion as TheirVersion,
  greaterThanOrEqualTo as theirGreaterThanOrEqualTo,
} from '@biconomy/abstractjs';
import fc, { type Arbitrary } from 'fast-check';
import { type Address, encodeFunctionData, getAddress, numberToHex, parseAbi, parseAbiItem } from 'viem';
import { describe, expect, it } from 'vitest';
import { accountAbi } from '../constants/abis';
import type { ComposabilityVersion } from '../constants/versions';
import { decodeComposableCalls, encodeComposableCalls } from './composable';
import {
  greaterThanOrEqualTo,
  runtimeAllowance,
  runtimeErc20Balance,
  runtimeNativeBalance,
  validatorInstalled,
} from './runtime';
import { composableFunctionCall } from './runtimeArguments';

const account: Address = '0x8377BbCf37da558a9DCECAf5aAF0a99a2e38f0c5';
const token: Address = '0x1E10e4f69b1dbABC3CA029D270DE08003F4F14fb';
const spender: Address = '0x000000000000000000000000000000000000dEaD';

/** The same value in both models. */
type Pair = { ours: unknown; theirs: unknown };
const same = <T>(value: T): Pair => ({ ours: value, theirs: value });

const allowance = (): Pair => ({
  ours: runtimeAllowance({
    token,
    owner: spender,
    spender: account,
    constraints: [greaterThanOrEqualTo(2n)],
  }),
  theirs: runtimeERC20AllowanceOf({
    tokenAddress: token,
    owner: spender,
    spender: account,
    constraints: [theirGreaterThanOrEqualTo(2n)],
  }),
});
const balance = (): Pair => ({
  ours: runtimeErc20Balance({ token, account }),
  theirs: runtimeERC20BalanceOf({ tokenAddress: token, targetAddress: account }),
});
const runtime = fc.constantFrom(allowance, balance).map((make) => make());

const address = fc
  .bigInt(1n, 2n ** 160n - 1n)
  .map((value): Pair => same(getAddress(numberToHex(value, { size: 20 }))));
const number = fc.oneof(fc.bigInt(0n, 2n ** 256n - 1n).map(same), runtime);
const text = fc.string({ maxLength: 40 }).map(same);
const bytes = fc.bigInt(1n, 2n ** 300n).map((value) => same(numberToHex(value, { size: 40 })));
const list = (one: Arbitrary<Pair>, maxLength: number): Arbitrary<Pair> =>
  fc.array(one, { minLength: 1, maxLength }).map((pairs) => ({
    ours: pairs.map(({ ours }) => ours),
    theirs: pairs.map(({ theirs }) => theirs),
  }));
const record = (members: Record<string, Arbitrary<Pair>>): Arbitrary<Pair> =>
  fc.record(members).map((pairs) => ({
    ours: Object.fromEntries(Object.entries(pairs).map(([name, { ours }]) => [name, ours])),
    theirs: Object.fromEntries(Object.entries(pairs).map(([name, { theirs }]) => [name, theirs])),
  }));
const exactly = (one: Arbitrary<Pair>, length: number): Arbitrary<Pair> =>
  fc.tuple(...Array.from({ length }, () => one)).map((pairs) => ({
    ours: pairs.map(({ ours }) => ours),
    theirs: pairs.map(({ theirs }) => theirs),
  }));

const cases: readonly { signature: string; args: readonly Arbitrary<Pair>[] }[] = [
  { signature: 'transfer(address to, uint256 amount)', args: [address, number] },
  {
    signature: 'mixed(string note, uint256 amount, bytes data, address to)',
    args: [text, number, bytes, address],
  },
  { signature: 'list(uint256[] amounts, string note)', args: [list(number, 4), text] },
  { signature: 'fixedList(uint256[3] amounts, address to)', args: [exactly(number, 3), address] },
  {
    signature: 'tuple((address to, uint256 amount) order, string note)',
    args: [record({ to: address, amount: number }), text],
  },
  {
    signature: 'deep((string note, uint256 amount, uint256[] more) order, uint256 last)',
    args: [record({ note: text, amount: number, more: list(number, 3) }), number],
  },
  {
    signature: 'orders((address to, uint256 amount)[] orders)',
    args: [list(record({ to: address, amount: number }), 3)],
  },
];

const theirAbis = {
  '1.0.0': COMPOSABILITY_MODULE_ABI_V1_0_0,
  '1.1.0': COMPOSABILITY_MODULE_ABI_V1_1_0,
} as const;
const theirVersions = { '1.0.0': TheirVersion.V1_0_0, '1.1.0': TheirVersion.V1_1_0 } as const;

const theirBytes = async (
  version: ComposabilityVersion,
  parameters: Omit<Parameters<typeof buildComposableCall>[0], 'chainId'>,
) => {
  const calls = await buildComposableCall(
    { ...parameters, chainId: 1 },
    { forceComposableEncoding: true, composabilityVersion: theirVersions[version] },
  );
  return encodeFunctionData({ abi: theirAbis[version], functionName: 'executeComposable', args: [calls] });
};

describe.each(['1.0.0', '1.1.0'] as const)(
  'the reference client makes the same bytes of %s for',
  (version) => {
    it.each(cases)('$signature', async ({ signature, args }) => {
      const text: string = `function ${signature}`;
      await fc.assert(
        fc.asyncProperty(fc.tuple(...args), fc.boolean(), async (pairs, conditional) => {
          const installed = validatorInstalled({ account, module: spender });
          const condition = createCondition({
            targetContract: account,
            functionAbi: accountAbi,
            functionName: 'isModuleInstalled',
            args: [1n, spender, '0x'],
            value: true,
            type: ConditionType.EQ,
          });
          const ours = composableFunctionCall({
            to: token,
            functionSignature: signature,
            args: pairs.map((pair) => pair.ours),
            conditions: conditional ? [installed] : [],
          });
          const reference = await theirBytes(version, {
            to: token,
            functionName: signature.slice(0, signature.indexOf('(')),
            abi: [parseAbiItem(text)],
            args: pairs.map((pair) => pair.theirs),
            ...(conditional ? { conditions: [condition] } : {}),
          });
          expect(encodeComposableCalls([ours], version).toLowerCase()).toBe(reference.toLowerCase());
        }),
        { numRuns: 40 },
      );
    });
  },
);

describe('native coin', () => {
  const forward = {
    to: token,
    functionName: 'forward',
    abi: parseAbi(['function forward(address)']),
    args: [account],
  };
  const call = (value: Parameters<typeof composableFunctionCall>[0]['value'] & {}) =>
    composableFunctionCall({ to: token, value, functionSignature: 'forward(address)', args: [account] });

  it('read at run time gives the same bytes as the reference client', async () => {
    const reference = await theirBytes('1.1.0', {
      ...forward,
      value: runtimeNativeBalanceOf({ targetAddress: account }),
    });
    const ours = encodeComposableCalls([call(runtimeNativeBalance({ account }))], '1.1.0');
    expect(ours.toLowerCase()).toBe(reference.toLowerCase());
  });

  it('as a fixed amount is one word, where the reference client declares two and lets them overlap', async () => {
    const reference = await theirBytes('1.1.0', { ...forward, value: 5n });
    const ours = encodeComposableCalls([call(5n)], '1.1.0');
    expect(ours.toLowerCase()).not.toBe(reference.toLowerCase());
    expect(decodeComposableCalls(reference)).toEqual(decodeComposableCalls(ours));
    expect(decodeComposableCalls(ours).calls[0]?.value).toBe(5n);
    expect(encodeComposableCalls([call(5n)], '1.0.0').toLowerCase()).toBe(
      (await theirBytes('1.0.0', { ...forward, value: 5n })).toLowerCase(),
    );
  });
});
