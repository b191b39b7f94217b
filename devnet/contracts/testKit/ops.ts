import {
  type Address,
  BaseError,
  ContractFunctionRevertedError,
  concat,
  decodeErrorResult,
  getAddress,
  type Hex,
  parseEventLogs,
  parseGwei,
  toHex,
} from 'viem';
import { expect } from 'vitest';
import { entryPoint } from '../addresses';
import { minedReceipt } from '../receipt';
import { entryPointAbi, errorAbi } from './abis';
import type { TestAccount } from './account';
import type { TestChain } from './chain';

/** The parts of a user operation that a test decides on. */
export interface OpParts {
  callData: Hex;
  initCode?: Hex;
  paymaster?: Address;
  /** Block time (unix seconds) at which it is brought to the EntryPoint. */
  at?: bigint;
  /** First byte after the key hint of the nonce. */
  mode?: Hex;
}

export interface SignedOpParts extends OpParts {
  /** Validator in the nonce key; the zero address is the default validator. */
  validator: Address;
  sign: (userOpHash: Hex) => Hex | Promise<Hex>;
}

export interface Revert {
  name: string;
  args: readonly unknown[];
}

export type Outcome =
  | { kind: 'done'; success: boolean; reason?: Revert; gasUsed: bigint; logs: Log[] }
  | { kind: 'refused'; reason: string; inner?: Revert };

type Receipt = Awaited<ReturnType<typeof minedReceipt>>;
type Log = Receipt['logs'][number];

let hint = 0;

/** Builds, signs and brings one user operation, as a real transaction. */
export async function runOp(chain: TestChain, account: TestAccount, parts: SignedOpParts): Promise<Outcome> {
  const op = await signedOp(chain, account, parts);
  if (parts.at !== undefined) await chain.client.setNextBlockTimestamp({ timestamp: parts.at });
  const request = {
    address: entryPoint,
    abi: entryPointAbi,
    functionName: 'handleOps',
    args: [[op], chain.bundler],
    account: chain.bundler,
  } as const;
  const hash = await chain.client.writeContract({ ...request, gas: 8_000_000n });
  const receipt = await minedReceipt(chain.client, hash);
  if (receipt.status === 'success') return doneOutcome(receipt);
  try {
    await chain.client.simulateContract({ ...request, blockNumber: receipt.blockNumber });
  } catch (error) {
    return refusal(error);
  }
  throw new Error('handleOps reverted in a transaction and not in a call');
}

/** As `runOp`, signed by the account's owner over the bare hash. */
export function runOwnerOp(chain: TestChain, account: TestAccount, parts: OpParts): Promise<Outcome> {
  return runOp(chain, account, {
    ...parts,
    validator: '0x0000000000000000000000000000000000000000',
    sign: (hash) => account.owner.sign({ hash }),
  });
}

/** The whole user operation, signed; what is not given is generous. */
export async function signedOp(chain: TestChain, account: TestAccount, parts: SignedOpParts) {
  hint += 1;
  const key = concat([toHex(hint, { size: 3 }), parts.mode ?? '0x00', parts.validator]);
  const nonce = await chain.client.readContract({
    address: entryPoint,
    abi: entryPointAbi,
    functionName: 'getNonce',
    args: [account.address, BigInt(key)],
  });
  const limits = (high: bigint, low: bigint) => concat([toHex(high, { size: 16 }), toHex(low, { size: 16 })]);
  const op = {
    sender: account.address,
    nonce,
    initCode: parts.initCode ?? '0x',
    callData: parts.callData,
    accountGasLimits: limits(3_000_000n, 3_000_000n),
    preVerificationGas: 50_000n,
    gasFees: limits(parseGwei('1'), parseGwei('3')),
    paymasterAndData:
      parts.paymaster === undefined ? '0x' : concat([parts.paymaster, limits(200_000n, 50_000n)]),
    signature: '0x',
  } as const;
  const userOpHash = await chain.client.readContract({
    address: entryPoint,
    abi: entryPointAbi,
    functionName: 'getUserOpHash',
    args: [op],
  });
  return { ...op, signature: await parts.sign(userOpHash) };
}

/** Fails the test unless the operation ran and its calls succeeded. */
export function expectDone(outcome: Outcome): void {
  expect(outcome).toMatchObject({ kind: 'done', success: true });
}

/** Fails the test unless the session module refused because of `policy`. */
export function expectViolation(outcome: Outcome, permissionId: Hex, policy: Address): void {
  expect(outcome).toEqual({
    kind: 'refused',
    reason: 'AA23 reverted',
    inner: { name: 'PolicyViolation', args: [permissionId, getAddress(policy)] },
  });
}

/** Fails the test unless a policy reverted, with `start` as the beginning of its revert data. */
export function expectPolicyRevert(outcome: Outcome, start: Hex): void {
  expect(outcome).toMatchObject({ kind: 'refused', inner: { name: 'PolicyCheckReverted' } });
  const word = outcome.kind === 'refused' ? outcome.inner?.args[0] : undefined;
  expect(typeof word === 'string' && word.startsWith(start)).toBe(true);
}

export function decodeRevert(data: Hex): Revert {
  if (data === '0x') return { name: '', args: [] };
  try {
    const { errorName, args } = decodeErrorResult({ abi: errorAbi, data });
    return { name: errorName, args: args ?? [] };
  } catch {
    return { name: data, args: [] };
  }
}

function doneOutcome(receipt: Receipt): Outcome {
  const [result] = parseEventLogs({
    abi: entryPointAbi,
    eventName: 'UserOperationEvent',
    logs: receipt.logs,
  });
  const [revert] = parseEventLogs({
    abi: entryPointAbi,
    eventName: 'UserOperationRevertReason',
    logs: receipt.logs,
  });
  const base = { kind: 'done', gasUsed: receipt.gasUsed, logs: receipt.logs } as const;
  if (result?.args.success) return { ...base, success: true };
  return { ...base, success: false, reason: decodeRevert(revert?.args.revertReason ?? '0x') };
}

function refusal(error: unknown): Outcome {
  const reverted =
    error instanceof BaseError ? error.walk((cause) => cause instanceof ContractFunctionRevertedError) : null;
  if (!(reverted instanceof ContractFunctionRevertedError) || reverted.data === undefined) throw error;
  const [, reason, inner] = reverted.data.args ?? [];
  if (typeof reason !== 'string') throw error;
  if (typeof inner !== 'string' || !inner.startsWith('0x')) return { kind: 'refused', reason };
  return { kind: 'refused', reason, inner: decodeRevert(`0x${inner.slice(2)}`) };
}
