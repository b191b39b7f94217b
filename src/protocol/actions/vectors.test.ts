import { describe, expect, it } from 'vitest';
import { asAddress, asHex, plain, vectorChecks } from '../testing/vectors';
import type { SessionAction } from './action';
import vectors from './actions.vectors.json';
import { buildApproveAction } from './approve';
import type { Call } from './call';
import { decodeComposable, encodeComposable } from './composable';
import { buildCustomAction } from './custom';
import type { Erc20ActionParameters } from './erc20';
import { encodeExecute } from './execute';
import { buildTransferAction } from './transfer';
import { buildTransferFromAction } from './transferFrom';

type RecordedOptions = Record<
  'contractAddress' | 'recipientAddress' | 'amountLimitPerAction' | 'maxAmountLimit' | 'usageLimit',
  string
> & { chainIds: number[]; validAfter: number; validUntil: number };

type RecordedActions = { expected: { actions: object[]; chainId: number }[] };

/** Actions as the reference client writes them: every policy names its contract twice. */
const twice = (groups: readonly SessionAction[]) =>
  groups.map(({ actions, chainId }) => ({
    actions: actions.map(({ actionPolicies, ...action }) => ({
      ...action,
      actionPolicies: actionPolicies.map(({ policy, initData }) => ({ policy, address: policy, initData })),
    })),
    chainId,
  }));

const erc20 =
  (build: (parameters: Erc20ActionParameters) => SessionAction[]) =>
  ({ input, expected }: RecordedActions & { input: RecordedOptions }): void => {
    const built = build({
      ...input,
      amountLimitPerAction: BigInt(input.amountLimitPerAction),
      maxAmountLimit: BigInt(input.maxAmountLimit),
      usageLimit: BigInt(input.usageLimit),
    });
    expect(plain(twice(built))).toBe(plain(expected));
  };

const recordedCall = ({ to, data, value }: { to: string; data: string; value?: string }): Call => ({
  to: asAddress(to),
  value: BigInt(value ?? 0),
  data: asHex(data),
});

const [installStruct] = vectors['calls/composable 1.0.0 install (raw) call struct'].expected;
const [enableStruct] = vectors['calls/composable 1.0.0 enableSessions call struct'].expected;

type Struct = { to: string; functionSig: string; inputParams: { paramData: string }[] };
const callOf = (struct: Struct | undefined): Call => ({
  to: asAddress(struct?.to ?? ''),
  value: 0n,
  data: asHex(
    `${struct?.functionSig}${struct?.inputParams.map(({ paramData }) => paramData.slice(2)).join('')}`,
  ),
});

const readsAs = (callData: string, call: Call): void => {
  expect(plain(decodeComposable(asHex(callData)))).toBe(plain([call]));
};

const checks = vectorChecks(vectors, {
  'action/transfer': erc20(buildTransferAction),
  'action/transferFrom': erc20(buildTransferFromAction),
  'action/approve': erc20(buildApproveAction),
  'action/custom default policy': ({ input, expected }) => {
    const custom = {
      chainIds: [8453],
      contractAddress: input.contractAddress,
      functionSignature: input.functionSignature,
    };
    expect(plain(twice(buildCustomAction({ ...custom, policies: [{ type: 'sudo' }] })))).toBe(
      plain(expected),
    );
    expect(() => buildCustomAction({ ...custom, policies: [] })).toThrow(
      expect.objectContaining({ code: 'NO_POLICIES' }),
    );
  },
  'calls/execute single': ({ input, expected }) => {
    expect(encodeExecute([recordedCall(input)])).toBe(expected);
  },
  'calls/execute batch': ({ input, expected }) => {
    expect(encodeExecute(input.calls.map(recordedCall))).toBe(expected);
  },
  'calls/composable 1.0.0 install (raw) call struct': () => {
    readsAs(vectors['calls/executeComposable 1.0.0 [install raw]'].expected, callOf(installStruct));
  },
  'calls/composable 1.0.0 enableSessions call struct': () => {
    readsAs(vectors['calls/executeComposable 1.0.0 [enableSessions]'].expected, callOf(enableStruct));
  },
  'calls/executeComposable 1.0.0 [install raw]': ({ expected }) => {
    expect(encodeComposable([callOf(installStruct)])).toBe(expected);
  },
  'calls/executeComposable 1.0.0 [enableSessions]': ({ expected }) => {
    expect(encodeComposable([callOf(enableStruct)])).toBe(expected);
  },
  'calls/composable 1.1.0 struct': ({ expected }) => {
    expect(expected[0]?.inputParams.map(({ paramType }) => paramType)).toEqual([2, 0]);
    readsAs(vectors['calls/executeComposable 1.1.0 [install raw]'].expected, callOf(installStruct));
  },
  'calls/executeComposable 1.1.0 [install raw]': ({ expected }) => {
    expect(encodeComposable([callOf(installStruct)], '1.1.0')).toBe(expected);
  },
});

describe('the known actions and calls', () => {
  it.each(checks)('%s', async (_name, check) => {
    expect.hasAssertions();
    await check();
  });
});
