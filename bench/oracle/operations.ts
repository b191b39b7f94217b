import { type Address, concat, concatHex, encodeFunctionData, type Hex, numberToHex } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { entryPointAbi } from '../../devnet/contracts/testKit/abis';
import { calls as executions } from '../../devnet/contracts/testKit/calls';
import { merkleTree } from '../../devnet/contracts/testKit/tree';
import { packUserOp, type UserOp, wireUserOp } from '../../devnet/mee/userOp';
import type { Call } from '../../src/protocol/actions/call';
import { encodeTransfer } from '../../src/protocol/actions/transfer';
import { smartSessionAddress } from '../../src/protocol/constants/addresses';
import { userOpHash } from '../../src/protocol/mee/hash';
import type { Grant } from '../../src/protocol/scope/grant';
import { permissionId } from '../../src/protocol/session/permission';
import { encodeShortSignature, encodeUseSignature } from '../../src/protocol/session/signature';
import { bob, feeToken } from './pools';
import type { Step } from './scenario';

/** One operation of a grant. */
export type PlannedOp = { grant: Grant; step: Step };

/** Who brings operations to the EntryPoint, and who pays for them. */
export type Carriers = { bundler: Address; paymaster: Address };

/** The call of a payment operation. */
export function feeCall(fee: bigint): Call {
  return { to: feeToken, value: 0n, data: encodeTransfer(bob, fee) };
}

/** The calldata of an operation as a step describes it. */
export function callDataOf({ calls, fee, mode }: Step): Hex {
  if (fee !== undefined) return executions.single(feeCall(fee));
  const [first] = calls;
  if (mode !== undefined && first !== undefined) {
    return mode.startsWith('0x01') ? executions.batch(calls, mode) : executions.execute(mode, packed(first));
  }
  return calls.length === 1 && first !== undefined ? executions.single(first) : executions.batch(calls);
}

/** `handleOps` for each operation alone, under one signature of the session key over all of them. */
export async function signedOperations(
  ops: readonly PlannedOp[],
  key: PrivateKeyAccount,
  { bundler, paymaster }: Carriers,
): Promise<readonly Hex[]> {
  const userOps = ops.map(({ grant, step }, index) => userOpOf(grant, step, index + 1, paymaster));
  const hashes = userOps.map((userOp, index) =>
    userOpHash(wireUserOp(userOp), BigInt(ops[index]?.grant.chainId ?? 0)),
  );
  const { root, proofs } = merkleTree(hashes);
  const signature = await key.sign({ hash: root });
  return userOps.map((userOp, index) => {
    const inner = encodeShortSignature({ root, proof: proofs[index] ?? [], signature });
    const permission = ops[index]?.grant.session;
    if (permission === undefined) throw new TypeError('an operation without a grant');
    const packedOp = packUserOp(userOp, encodeUseSignature(permissionId(permission), inner));
    return encodeFunctionData({ abi: entryPointAbi, functionName: 'handleOps', args: [[packedOp], bundler] });
  });
}

function userOpOf({ account }: Grant, step: Step, hint: number, paymaster: Address): UserOp {
  const key = concatHex([numberToHex(hint, { size: 3 }), '0x00', smartSessionAddress]);
  return {
    sender: account,
    nonce: BigInt(key) << 64n,
    initCode: '0x',
    callData: callDataOf(step),
    callGasLimit: 2_000_000n,
    verificationGasLimit: 40_000_000n,
    preVerificationGas: 50_000n,
    maxFeePerGas: 1n,
    maxPriorityFeePerGas: 1n,
    paymasterAndData: concatHex([
      paymaster,
      numberToHex(200_000n, { size: 16 }),
      numberToHex(50_000n, { size: 16 }),
    ]),
  };
}

function packed({ to, value, data }: Step['calls'][number]): Hex {
  return concat([to, numberToHex(value, { size: 32 }), data]);
}
