import { type Address, type Hex, size, slice, zeroAddress } from 'viem';
import type { Eip7702Auth } from '../account/authorization';
import { meeUserOpHash, userOpHash } from './hash';
import { QuoteMismatchError, sameNumber, sameText } from './mismatch';
import type { RequestedUserOp } from './quoteRequest';
import type { QuoteResponse } from './quoteResponse';

/** One operation of a node's answer. */
export type QuotedUserOp = QuoteResponse['userOps'][number];

/** What the request says about one operation of the answer, payment included. */
export type ExpectedUserOp = Pick<RequestedUserOp, 'sender' | 'nonce' | 'chainId' | 'shortEncoding'> &
  Partial<Pick<RequestedUserOp, 'initCode' | 'eip7702Auth' | 'sessionDetails'>>;

/** Hash of an operation, and its leaf in the tree of the supertransaction. */
export type OperationHashes = { hash: Hex; leaf: Hex };

/** Compares an operation with the request. @throws QuoteMismatchError */
export function verifyUserOp(field: string, requested: RequestedUserOp, quoted: QuotedUserOp): void {
  verifyCommon(field, requested, quoted);
  sameText(`${field}.callData`, requested.callData, quoted.userOp.callData);
  sameNumber(`${field}.lowerBoundTimestamp`, requested.lowerBoundTimestamp, quoted.lowerBoundTimestamp);
  sameNumber(`${field}.upperBoundTimestamp`, requested.upperBoundTimestamp, quoted.upperBoundTimestamp);
  sameText(`${field}.isCleanUpUserOp`, requested.isCleanUpUserOp, quoted.isCleanUpUserOp ?? false);
}

/** Compares what the payment and every other operation have in common. @throws QuoteMismatchError */
export function verifyCommon(field: string, expected: ExpectedUserOp, quoted: QuotedUserOp): void {
  sameText(`${field}.sender`, expected.sender, quoted.userOp.sender);
  sameNumber(`${field}.nonce`, expected.nonce, quoted.userOp.nonce);
  sameText(`${field}.initCode`, expected.initCode ?? '0x', quoted.userOp.initCode);
  verifyAuthorization(`${field}.eip7702Auth`, expected.eip7702Auth, quoted.eip7702Auth);
  sameNumber(`${field}.chainId`, expected.chainId, quoted.chainId);
  sameText(`${field}.shortEncoding`, expected.shortEncoding, quoted.shortEncoding ?? false);
  verifyPermission(field, expected, quoted);
  verifyGasPayer(field, quoted);
}

/** Recomputes the hash and the leaf of an operation and compares them with the node's. @throws QuoteMismatchError */
export function verifyHashes(field: string, quoted: QuotedUserOp, entryPoint: Address): OperationHashes {
  const hash = recomputedHash(field, quoted, entryPoint);
  sameText(`${field}.userOpHash`, hash, quoted.userOpHash);
  const { lowerBoundTimestamp, upperBoundTimestamp } = quoted;
  const leaf = quoted.shortEncoding
    ? hash
    : meeUserOpHash(hash, BigInt(lowerBoundTimestamp), BigInt(upperBoundTimestamp));
  sameText(`${field}.meeUserOpHash`, leaf, quoted.meeUserOpHash);
  return { hash, leaf };
}

function recomputedHash(field: string, quoted: QuotedUserOp, entryPoint: Address): Hex {
  try {
    return userOpHash(quoted.userOp, BigInt(quoted.chainId), entryPoint);
  } catch {
    throw new QuoteMismatchError(
      `${field}.userOp`,
      'numbers that fit the operation',
      'a number that is too large',
    );
  }
}

/** Without a paymaster EntryPoint takes the gas from the account, on top of the agreed fee. */
function verifyGasPayer(field: string, { userOp }: QuotedUserOp): void {
  if (hasPaymaster(userOp.paymasterAndData)) return;
  if (BigInt(userOp.maxFeePerGas) === 0n && BigInt(userOp.maxPriorityFeePerGas) === 0n) return;
  throw new QuoteMismatchError(
    `${field}.paymasterAndData`,
    'a paymaster, or gas fees of zero',
    userOp.paymasterAndData,
  );
}

/** Address (20 bytes) and two gas limits (16 bytes each) are the least that EntryPoint v0.7 reads. */
function hasPaymaster(paymasterAndData: Hex): boolean {
  return size(paymasterAndData) >= 52 && slice(paymasterAndData, 0, 20) !== zeroAddress;
}

function verifyAuthorization(
  field: string,
  expected: Eip7702Auth | undefined,
  got: QuotedUserOp['eip7702Auth'],
): void {
  if (expected === undefined && got === undefined) return;
  if (expected === undefined || got === undefined) {
    throw new QuoteMismatchError(field, expected?.address ?? 'none', got?.address ?? 'none');
  }
  sameText(`${field}.address`, expected.address, got.address);
  for (const member of ['chainId', 'nonce', 'r', 's', 'yParity'] as const) {
    sameNumber(`${field}.${member}`, BigInt(expected[member]), got[member]);
  }
}

/** Which permission an operation is validated under is not part of its hash; a node may leave the echo out. */
function verifyPermission(field: string, { sessionDetails }: ExpectedUserOp, quoted: QuotedUserOp): void {
  const got = quoted.sessionDetails?.permissionId;
  if (got === undefined) return;
  sameText(`${field}.sessionDetails.permissionId`, sessionDetails?.permissionId ?? 'none', got);
}
