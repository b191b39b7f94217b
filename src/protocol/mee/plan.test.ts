import { type Address, zeroAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import { decodeComposableCalls } from '../actions/composable';
import { fixedCall } from '../actions/composableCall';
import { decodeExecute } from '../actions/execute';
import { runtimeErc20Balance } from '../actions/runtime';
import { meeVersions } from '../constants/versions';
import { batchInstructions } from './batch';
import type { CleanUp } from './cleanUp';
import type { Instruction } from './instruction';
import { planSuperTransaction, type SuperTransactionPlan } from './plan';
import { prepareInstructions } from './prepare';
import {
  defaultSponsor,
  isTrustedSponsor,
  parseSponsorNonce,
  signsItself,
  sponsorNonceUrl,
  sponsorSignUrl,
} from './sponsorship';
import { maxNativeAmount, planTrigger, triggerInstruction } from './trigger';

const account: Address = '0x8377BbCf37da558a9DCECAf5aAF0a99a2e38f0c5';
const owner: Address = '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A';
const token: Address = '0x1E10e4f69b1dbABC3CA029D270DE08003F4F14fb';
const counter: Address = '0x9D6d5e255b591545029a7c450b8D1D9b7D037755';
const friend: Address = '0x000000000000000000000000000000000000dEaD';
const bounds = { lower: 1_000, upper: 1_180 };
const forwarder = meeVersions['2.0.0'].ethForwarderAddress;
const context = { bounds, forwarder };

const call = { to: counter, value: 0n, data: '0xe5071b8e' as const };
const plainOn = (chainId: number, options: Partial<Instruction> = {}): Instruction =>
  ({ chainId, composable: false, calls: [call], ...options }) as Instruction;
const composableOn = (chainId: number): Instruction => ({
  chainId,
  composable: true,
  calls: [fixedCall(call)],
});
const planWith = (changes: Partial<SuperTransactionPlan>) =>
  planSuperTransaction({
    mode: 'PREPARE',
    account,
    owner,
    version: '2.0.0',
    instructions: [plainOn(1)],
    payment: { token, chainId: 1 },
    bounds,
    ...changes,
  } as SuperTransactionPlan);
const requestWith = (changes: Partial<SuperTransactionPlan>) => {
  const planned = planWith(changes);
  return planned.build(planned.chainIds.map((_id, index) => BigInt(index + 1) << 64n));
};

describe('a batch', () => {
  it('is one operation per chain, chains in the order they come', () => {
    const batched = batchInstructions([plainOn(10), plainOn(1), plainOn(10)], context);
    expect(batched.map(({ chainId, calls }) => [chainId, calls.length])).toEqual([
      [10, 2],
      [1, 1],
    ]);
  });

  it('takes the widest window, the later of equals, and fills ends that are left open', () => {
    const windowOf = (...list: readonly Instruction['bounds'][]) =>
      batchInstructions(
        list.map((one) => (one === undefined ? plainOn(1) : plainOn(1, { bounds: one }))),
        context,
      )[0]?.bounds;
    expect(windowOf({ lower: 5, upper: 10 }, { lower: 20, upper: 40 }, undefined)).toEqual({
      lower: 20,
      upper: 40,
    });
    expect(windowOf({ lower: 5, upper: 10 }, { lower: 7, upper: 12 })).toEqual({ lower: 7, upper: 12 });
    expect(windowOf({ lower: 900 }, { lower: 5, upper: 10 })).toEqual({ lower: 900, upper: 1_180 });
    expect(windowOf(undefined, undefined)).toBeUndefined();
    expect(() => windowOf({ lower: 10, upper: 5 }, undefined)).toThrow(
      expect.objectContaining({ code: 'BOUNDS' }),
    );
  });

  it('joins notes and overrides, and takes the longest delay', () => {
    const override = { tokenAddress: token, accountAddress: account, chainId: 1, balance: 1n };
    const [batched] = batchInstructions(
      [
        plainOn(1, { retryDelay: 5, overrides: { tokenOverrides: [override] } }),
        plainOn(1, { retryDelay: 9, metadata: [{ type: 'CUSTOM', description: 'Note', chainId: 1 }] }),
      ],
      context,
    );
    expect(batched).toMatchObject({
      retryDelay: 9,
      overrides: { tokenOverrides: [override], customOverrides: [] },
      metadata: [{ description: 'Custom on-chain action' }, { description: 'Note' }],
    });
  });

  it('makes plain calls composable beside composable ones, coin through the forwarder', () => {
    const native = { to: friend, value: 3n, data: '0x' as const };
    const mixed = [plainOn(1, { calls: [call, native] }), composableOn(1)];
    const request = requestWith({ instructions: mixed });
    const { calls } = decodeComposableCalls(request.userOps[0]?.callData ?? '0x');
    expect(calls.map(({ to, value }) => [to, value])).toEqual([
      [counter, 0n],
      [forwarder, 3n],
      [counter, 0n],
    ]);
    expect(calls[1]?.selector).toBe('0x101e8952');
  });

  it('stays away where it is not wanted', () => {
    const request = requestWith({ instructions: [plainOn(1), plainOn(1)], batch: false });
    expect(request.userOps.map(({ callData }) => decodeExecute(callData))).toEqual([[call], [call]]);
  });
});

describe('a plan', () => {
  it('asks for the nonces of payment, operations and clean-ups in that order, and of no sponsor', () => {
    const cleanUps: CleanUp[] = [{ tokenAddress: token, chainId: 10, recipientAddress: friend }];
    const instructions = [plainOn(10), plainOn(1)];
    expect(planWith({ instructions, cleanUps }).chainIds).toEqual([1, 10, 1, 10]);
    const sponsored = planWith({ instructions, cleanUps, payment: { sponsor: defaultSponsor } });
    expect(sponsored.chainIds).toEqual([10, 1, 10]);
    expect(
      sponsored.build([1n << 64n, 2n << 64n, 3n << 64n]).userOps.map(({ nonce }) => nonce >> 64n),
    ).toEqual([1n, 2n, 3n]);
  });

  it('gives the code of a chain to its first operation', () => {
    const deployments = new Map([
      [1, { initCode: '0x01' as const }],
      [10, { initCode: '0x10' as const }],
    ]);
    const request = requestWith({
      instructions: [plainOn(10), plainOn(1), plainOn(10)],
      batch: false,
      deployments,
    });
    expect(request.paymentInfo).toMatchObject({ initCode: '0x01' });
    expect(request.userOps.map(({ initCode }) => initCode)).toEqual(['0x10', undefined, undefined]);
    const sponsored = requestWith({
      instructions: [plainOn(1), plainOn(1)],
      batch: false,
      deployments,
      payment: { sponsor: defaultSponsor },
    });
    expect(sponsored.userOps.map(({ initCode }) => initCode)).toEqual(['0x01', undefined]);
  });

  it.each([
    ['no instruction', { instructions: [] }, 'NO_OPERATIONS'],
    ['an instruction without calls', { instructions: [plainOn(1, { calls: [] })] }, 'NO_OPERATIONS'],
    ['reversed bounds', { bounds: { lower: 10, upper: 5 } }, 'BOUNDS'],
    [
      'an instruction that ends before the quote starts',
      { instructions: [plainOn(1, { bounds: { upper: 5 } })] },
      'BOUNDS',
    ],
    [
      'a clean-up by a session key',
      {
        mode: 'USE' as const,
        sessionDetails: [],
        cleanUps: [{ tokenAddress: token, chainId: 1, recipientAddress: friend }],
      },
      'CLEAN_UP_IN_USE',
    ],
  ])('is refused with %s', (_name, changes, code) => {
    expect(() => requestWith(changes as Partial<SuperTransactionPlan>)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

describe('a clean-up', () => {
  const cleaned = (cleanUp: Partial<CleanUp>, changes: Partial<SuperTransactionPlan> = {}) => {
    const request = requestWith({
      instructions: [plainOn(10), plainOn(1)],
      cleanUps: [{ tokenAddress: token, chainId: 10, recipientAddress: friend, ...cleanUp }],
      ...changes,
    });
    const last = request.userOps.at(-1);
    return { last, call: decodeComposableCalls(last?.callData ?? '0x').calls[0] };
  };
  const waitsFor = (inputs: readonly { constraints: readonly object[] }[] | undefined) =>
    inputs?.flatMap(({ constraints }) => constraints);

  it('waits for the last operation of its own chain', () => {
    const { last, call: transfer } = cleaned({});
    expect(waitsFor(transfer?.inputs)).toEqual([
      { type: 'greaterThanOrEqual', value: `0x${((2n << 64n) + 1n).toString(16).padStart(64, '0')}` },
    ]);
    expect(last?.simulationOverrides?.customOverrides).toHaveLength(1);
  });

  it('waits for every operation that is named, on its own chain only', () => {
    expect(waitsFor(cleaned({ dependsOn: [0] }).call?.inputs)).toHaveLength(1);
    for (const dependsOn of [[1], [2], [-1]]) {
      expect(() => cleaned({ dependsOn })).toThrow(expect.objectContaining({ code: 'CLEAN_UP_DEPENDENCY' }));
    }
    expect(() => cleaned({ chainId: 7 })).toThrow(expect.objectContaining({ code: 'CLEAN_UP_DEPENDENCY' }));
  });

  it('sends a fixed amount, the whole balance, or a value read when it runs', () => {
    expect(cleaned({ amount: 5n }).last?.metadata).toMatchObject([{ amount: 5n, fromAddress: owner }]);
    const all = cleaned({ amount: 0n });
    expect(all.last?.metadata).toMatchObject([{ amount: 'RUNTIME_VALUE' }]);
    expect(all.last?.simulationOverrides?.tokenOverrides).toMatchObject([{ balance: 1n }]);
    const read = cleaned({ amount: runtimeErc20Balance({ token: counter, account }) });
    expect(read.call?.inputs.at(1)).toMatchObject({ kind: 'staticCall', target: counter });
  });

  it('sends native coin through the forwarder, the whole balance only where the account can read it', () => {
    expect(cleaned({ tokenAddress: zeroAddress, amount: 5n }).call).toMatchObject({
      to: forwarder,
      value: 5n,
    });
    expect(() => cleaned({ tokenAddress: zeroAddress })).toThrow(
      expect.objectContaining({ code: 'COMPOSABLE_CALLDATA' }),
    );
    const { call: all } = cleaned({ tokenAddress: zeroAddress }, { version: '2.2.1' });
    expect(all?.value).toMatchObject({ kind: 'balance', token: zeroAddress, account });
    expect(waitsFor(all?.trailing)).toHaveLength(1);
  });
});

describe('a trigger', () => {
  const trigger = (changes: object = {}) =>
    planTrigger({ tokenAddress: token, chainId: 1, amount: 5n, ...changes }, { quoteType: 'onchain', owner });

  it('moves the money first, composable as soon as anything is', () => {
    const plain = triggerInstruction(trigger(), { account, composable: false });
    expect(plain).toMatchObject({ composable: false, calls: [{ to: token, gasLimit: 75_000n }] });
    const steps = prepareInstructions(
      {
        account,
        trigger: trigger(),
        install: [composableOn(1)],
        instructions: [plainOn(10)],
        enable: [composableOn(1)],
        batchActions: true,
      },
      context,
    );
    expect(steps.map(({ chainId, composable }) => [chainId, composable])).toEqual([
      [1, true],
      [1, true],
      [10, false],
      [1, true],
    ]);
  });

  it('brings native coin by itself', () => {
    expect(
      triggerInstruction(trigger({ tokenAddress: zeroAddress }), { account, composable: true }),
    ).toBeNull();
    expect(() =>
      planTrigger({ tokenAddress: zeroAddress, chainId: 1, amount: 5n }, { quoteType: 'permit', owner }),
    ).toThrow(expect.objectContaining({ code: 'TRIGGER_NATIVE_PERMIT' }));
  });

  it('reads the allowance that is left where everything is to come', () => {
    const all = triggerInstruction(trigger({ useMaxAvailableFunds: true }), { account, composable: false });
    expect(all).toMatchObject({ composable: true, metadata: [{ amount: 'RUNTIME_VALUE' }] });
  });

  it.each([0n, -1n, 2n ** 256n])('is refused for an amount of %s', (amount) => {
    expect(() => trigger({ amount })).toThrow(expect.objectContaining({ code: 'TRIGGER_AMOUNT' }));
  });

  it('leaves native coin for its own transaction', () => {
    expect(maxNativeAmount({ balance: 1_000n, gas: 10n, gasPrice: 5n })).toBe(800n);
    expect(() => maxNativeAmount({ balance: 200n, gas: 10n, gasPrice: 5n })).toThrow(
      expect.objectContaining({ code: 'TRIGGER_AMOUNT' }),
    );
  });
});

describe('a sponsor', () => {
  const own = { url: 'https://sponsor.example/v1', gasTank: { chainId: 10, address: friend, token } };

  it('is trusted only as the public gas tank on a public service', () => {
    expect(isTrustedSponsor(defaultSponsor)).toBe(true);
    expect(isTrustedSponsor({ ...defaultSponsor, gasTank: own.gasTank })).toBe(false);
    expect(isTrustedSponsor({ ...defaultSponsor, url: own.url })).toBe(false);
    expect([signsItself(defaultSponsor), signsItself(own)]).toEqual([false, true]);
  });

  it('is asked at its own service for nonce and signature', () => {
    expect(sponsorNonceUrl(own)).toBe(`https://sponsor.example/v1/sponsorship/nonce/10/${friend}`);
    expect(sponsorSignUrl(own)).toBe(`https://sponsor.example/v1/sponsorship/sign/10/${friend}`);
    expect(parseSponsorNonce({ nonce: '12' })).toBe(12n);
    expect(() => parseSponsorNonce({ nonce: 12 })).toThrow(
      expect.objectContaining({ code: 'NODE_RESPONSE_MALFORMED', path: 'nonce' }),
    );
  });
});
