import type { Address, Hex } from 'viem';
import { meeUserOpHash, userOpHash } from '../../src/protocol/mee/hash';
import { maxGasOf, type UserOp, wireUserOp } from './userOp';
import type { QuoteType } from './wire';
import type { Authorization } from './wireParts';

/** Unix seconds between which an operation may run. */
export type Bounds = { lowerBoundTimestamp: number; upperBoundTimestamp: number };

/** Who pays: the account, a gas tank whose sponsor signs operation 0, or nobody, on the node's own word. */
export type PaymentKind = 'account' | 'gasTank' | 'trusted';

/** An operation before it is hashed. */
export type OpDraft = Bounds & {
  chainId: number;
  userOp: UserOp;
  /** A short leaf is the bare userOpHash and carries no time bounds. */
  shortEncoding: boolean;
  /** Permission that validates the operation; absent when the owner does. */
  permissionId?: Hex;
  /** Makes the account delegate (EIP-7702) with the transaction that carries the operation. */
  authorization?: Authorization;
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
  quoteType: QuoteType;
  /** Whether the owner signs typed data, whose digest is the hash, instead of the root of the leaves. */
  typed: boolean;
  paidBy: PaymentKind;
  /** Chain of the approval or transfer that comes before the first operation. */
  triggerChainId?: number;
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

/** The operations that the owner or session signs: the payment under trusted sponsorship is none of them. */
export function signedOps({ ops, paidBy }: Pick<Supertransaction, 'ops' | 'paidBy'>): readonly SuperOp[] {
  return paidBy === 'trusted' ? ops.slice(1) : ops;
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
    quoteType: supertransaction.quoteType,
  };
}
