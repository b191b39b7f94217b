import { encodeAbiParameters, type Hex, keccak256, parseAbiParameters, stringToHex } from 'viem';
import { superTransactionTypedHash } from '../../src/protocol/mee/typedData';
import type { SuperOp } from './supertransaction';

const meeUserOpType = 'MeeUserOp(bytes32 userOpHash,uint256 lowerBoundTimestamp,uint256 upperBoundTimestamp)';
const meeUserOpTypeHash = keccak256(stringToHex(meeUserOpType));

/** Type hash of a supertransaction whose items are one array of operations. */
export const superTxTypeHash = keccak256(stringToHex(`SuperTx(MeeUserOp[] meeUserOps)${meeUserOpType}`));

const itemParameters = parseAbiParameters(
  'bytes32 typeHash, bytes32 userOpHash, uint256 lower, uint256 upper',
);

/** EIP-712 hash of one operation with its time bounds. */
export function superTxItem({ userOpHash, lowerBoundTimestamp, upperBoundTimestamp }: SuperOp): Hex {
  return keccak256(
    encodeAbiParameters(itemParameters, [
      meeUserOpTypeHash,
      userOpHash,
      BigInt(lowerBoundTimestamp),
      BigInt(upperBoundTimestamp),
    ]),
  );
}

/** EIP-712 digest that the owner signs in simple mode from MEE 2.2.1 on. */
export function superTxDigest(ops: readonly SuperOp[]): Hex {
  return superTransactionTypedHash(
    ops.map((op) => ({
      userOpHash: op.userOpHash,
      lowerBoundTimestamp: BigInt(op.lowerBoundTimestamp),
      upperBoundTimestamp: BigInt(op.upperBoundTimestamp),
    })),
  );
}
