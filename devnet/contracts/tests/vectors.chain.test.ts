import * as v from 'valibot';
import { concat, getAddress, type Hex, isHex, parseAbi, toHex } from 'viem';
import { beforeAll, describe, expect, it } from 'vitest';
import { accountContracts, entryPoint, sessionContracts } from '../addresses';
import { minedReceipt } from '../receipt';
import { entryPointAbi, policyAbi, smartSessionAbi, validatorAbi } from '../testKit/abis';
import { policies } from '../testKit/policies';
import { useChain } from '../testKit/scene';
import json from './contracts.vectors.json';

const hex = v.custom<Hex>((value) => isHex(value));
const signed = v.object({ signer: hex, userOpHashes: v.array(hex), packed: v.array(hex) });
const vectors = v.parse(
  v.object({
    account: hex,
    permissionId: v.object({ expected: hex }),
    actionId: v.object({ input: v.object({ target: hex, selector: hex }), expected: hex }),
    configId: v.object({ expected: hex }),
    enableSessions: hex,
    removeSession: hex,
    userOp: v.object({
      sender: hex,
      nonce: v.string(),
      initCode: hex,
      callData: hex,
      callGasLimit: v.string(),
      verificationGasLimit: v.string(),
      maxFeePerGas: v.string(),
      maxPriorityFeePerGas: v.string(),
      paymasterAndData: hex,
      preVerificationGas: v.string(),
    }),
    userOpHash: hex,
    initCode210: v.object({ address: hex, initCode: hex }),
    ownerRoot: v.object({ ...signed.entries, lower: v.number(), upper: v.number() }),
    sessionRoot: v.object({ ...signed.entries, permissionId: hex }),
    sessionSingle: v.object({ userOpHash: hex, packed: hex }),
  }),
  json,
);

const chain = useChain();
const module = { address: sessionContracts.SmartSession, abi: smartSessionAbi } as const;
const { account } = vectors;

/** The account of the vectors need not exist: the module serves whoever calls it. */
async function callModule(data: Hex) {
  const hash = await chain().client.sendTransaction({ account, to: sessionContracts.SmartSession, data });
  expect(await minedReceipt(chain().client, hash)).toMatchObject({ status: 'success' });
}

beforeAll(async () => {
  await chain().client.impersonateAccount({ address: account });
  await chain().client.setBalance({ address: account, value: 10n ** 18n });
});

describe('identifiers', () => {
  it('of permission and action come out of the calldata', async () => {
    await callModule(vectors.enableSessions);
    const read = chain().client.readContract;
    const ids = await read({ ...module, functionName: 'getPermissionIDs', args: [account] });
    expect(ids).toEqual([vectors.permissionId.expected]);
    const actions = {
      functionName: 'getEnabledActions',
      args: [account, vectors.permissionId.expected],
    } as const;
    expect(await read({ ...module, ...actions })).toEqual([vectors.actionId.expected]);
    await callModule(vectors.removeSession);
    expect(await read({ ...module, functionName: 'getPermissionIDs', args: [account] })).toEqual([]);
  });

  it('of the configuration is where the policy keeps its limit', async () => {
    await callModule(vectors.enableSessions);
    const actions = [
      {
        actionTarget: getAddress(vectors.actionId.input.target),
        actionTargetSelector: vectors.actionId.input.selector,
        actionPolicies: [policies.usageLimit(7n)],
      },
    ];
    const hash = await chain().client.writeContract({
      account,
      address: sessionContracts.SmartSession,
      abi: parseAbi([
        'struct PolicyData { address policy; bytes initData; }',
        'struct ActionData { bytes4 actionTargetSelector; address actionTarget; PolicyData[] actionPolicies; }',
        'function enableActionPolicies(bytes32 permissionId, ActionData[] actionPolicies)',
      ]),
      functionName: 'enableActionPolicies',
      args: [vectors.permissionId.expected, actions],
    });
    await minedReceipt(chain().client, hash);
    const limit = await chain().client.readContract({
      address: sessionContracts.UsageLimitPolicy,
      abi: policyAbi,
      functionName: 'getUsageLimit',
      args: [vectors.configId.expected, sessionContracts.SmartSession, account],
    });
    expect(limit).toBe(7n);
  });
});

it('the EntryPoint hashes the user operation alike', async () => {
  const op = vectors.userOp;
  const halves = (high: string, low: string) =>
    concat([toHex(BigInt(high), { size: 16 }), toHex(BigInt(low), { size: 16 })]);
  const hash = await chain().client.readContract({
    address: entryPoint,
    abi: entryPointAbi,
    functionName: 'getUserOpHash',
    args: [
      {
        sender: op.sender,
        nonce: BigInt(op.nonce),
        initCode: op.initCode,
        callData: op.callData,
        accountGasLimits: halves(op.verificationGasLimit, op.callGasLimit),
        preVerificationGas: BigInt(op.preVerificationGas),
        gasFees: halves(op.maxPriorityFeePerGas, op.maxFeePerGas),
        paymasterAndData: op.paymasterAndData,
        signature: '0x',
      },
    ],
  });
  expect(hash).toBe(vectors.userOpHash);
});

describe('packed signatures', () => {
  const validator = { address: accountContracts['2.1.0'].validator, abi: validatorAbi } as const;

  it('of the owner, whose bounds come back', async () => {
    const { signer, userOpHashes, packed, lower, upper } = vectors.ownerRoot;
    const abi = parseAbi([
      'struct PackedUserOperation { address sender; uint256 nonce; bytes initCode; bytes callData; bytes32 accountGasLimits; uint256 preVerificationGas; bytes32 gasFees; bytes paymasterAndData; bytes signature; }',
      'function validateUserOp(PackedUserOperation userOp, bytes32 userOpHash) returns (uint256)',
    ]);
    for (const [index, signature] of packed.entries()) {
      const op = {
        sender: signer,
        nonce: 0n,
        initCode: '0x',
        callData: '0x',
        accountGasLimits: toHex(0, { size: 32 }),
        preVerificationGas: 0n,
        gasFees: toHex(0, { size: 32 }),
        paymasterAndData: '0x',
        signature,
      } as const;
      const { result } = await chain().client.simulateContract({
        address: validator.address,
        abi,
        functionName: 'validateUserOp',
        args: [op, userOpHashes[index] ?? '0x'],
      });
      expect(result).toBe((BigInt(lower) << 208n) | (BigInt(upper) << 160n));
    }
  });

  it('of the session key, over several operations and over one', async () => {
    const { signer, userOpHashes, packed } = vectors.sessionRoot;
    const single = vectors.sessionSingle;
    const all = [...packed.map((one, index) => [userOpHashes[index] ?? '0x', one] as const)];
    for (const [hash, signature] of [...all, [single.userOpHash, single.packed] as const]) {
      const valid = await chain().client.readContract({
        ...validator,
        functionName: 'validateSignatureWithData',
        args: [hash, `0x${signature.slice(2 + 66)}`, signer],
      });
      expect(valid).toBe(true);
    }
  });
});
