import type { Address, Hex } from 'viem';
import { meeUserOpHash, userOpHash } from '../../src/protocol/mee/hash';
import { maxGasOf, type UserOp, wireUserOp } from './userOp';

/** An operation before it is hashed. Times are unix seconds. */
export type OpDraft = {
  chainId: number;
  userOp: UserOp;
  lowerBoundTimestamp: number;
  upperBoundTimestamp: number;
  /** A short leaf is the bare userOpHash and carries no time bounds. */
  shortEncoding: boolean;
  /** Permission that validates the operation; absent when the owner does. */
  permissionId?: Hex;
  /** Milliseconds between two attempts while a condition isn't met. */
  retryDelay: number;
  /** Optional fields of the request, given back as they came. */
  echo: Record<string, unknown>;
};

/** One operation of a supertransaction; `meeUserOpHash` is its leaf in the tree that the client signs. */
export type SuperOp = OpDraft & { userOpHash: Hex; meeUserOpHash: Hex };

/** A quote that the node stands behind. The first operation pays the node. */
export type Supertransaction = {
  hash: Hex;
  node: Address;
  commitment: Hex;
  paymentInfo: Record<string, unknown>;
  ops: readonly SuperOp[];
};

/** Fixes an operation: from here on its gas, fees and bounds are what the client signs. */
export function hashOp(draft: OpDraft): SuperOp {
  const hash = userOpHash(wireUserOp(draft.userOp), BigInt(draft.chainId));
  const leaf = draft.shortEncoding
    ? hash
    : meeUserOpHash(hash, BigInt(draft.lowerBoundTimestamp), BigInt(draft.upperBoundTimestamp));
  return { ...draft, userOpHash: hash, meeUserOpHash: leaf };
}

/** The leaves of a supertransaction in the order of its operations. */
export function leavesOf(ops: readonly SuperOp[]): readonly Hex[] {
  return ops.map((op) => op.meeUserOpHash);
}

/** One operation as the quote answer has it. */
export function wireOp(op: SuperOp): Record<string, unknown> {
  const { userOp } = op;
  return {
    userOp: wireUserOp(userOp),
    userOpHash: op.userOpHash,
    meeUserOpHash: op.meeUserOpHash,
    lowerBoundTimestamp: String(op.lowerBoundTimestamp),
    upperBoundTimestamp: String(op.upperBoundTimestamp),
    maxGasLimit: maxGasOf(userOp).toString(),
    maxFeePerGas: userOp.maxFeePerGas.toString(),
    chainId: String(op.chainId),
    shortEncoding: op.shortEncoding,
    ...op.echo,
  };
}

/** The answer of `POST /v1/quote`, with the operations as `describeOp` gives them. */
export function wireSupertransaction(
  supertransaction: Supertransaction,
  describeOp: (op: SuperOp, index: number) => Record<string, unknown> = wireOp,
): Record<string, unknown> {
  return {
    hash: supertransaction.hash,
    node: supertransaction.node,
    commitment: supertransaction.commitment,
    paymentInfo: supertransaction.paymentInfo,
    userOps: supertransaction.ops.map(describeOp),
    quoteType: 'simple',
  };
}
