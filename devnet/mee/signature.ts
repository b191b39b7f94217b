import { concatHex, encodeAbiParameters, type Hex, parseAbiParameters, size, slice } from 'viem';
import { simpleSignaturePrefix } from '../../src/protocol/constants/modes';
import { superTransactionProof } from '../../src/protocol/mee/merkle';
import { encodeShortSignature, encodeUseSignature } from '../../src/protocol/session/signature';
import { NodeError } from './nodeError';
import { leavesOf, type SuperOp, type Supertransaction } from './supertransaction';

const ownerParameters = parseAbiParameters(
  'bytes32 root, uint48 lower, uint48 upper, bytes32[] proof, bytes signature',
);

/**
 * Takes the prefix off a simple-mode signature.
 *
 * @returns the 65 bytes that the client signed over the supertransaction hash
 * @throws NodeError 400 when the signature has another mode or length
 */
export function readSimpleSignature(signature: Hex): Hex {
  if (size(signature) !== 69 || slice(signature, 0, 4) !== simpleSignaturePrefix) {
    throw new NodeError(
      400,
      `Only signatures of simple mode are taken (${simpleSignaturePrefix} and 65 bytes).`,
    );
  }
  return slice(signature, 4);
}

/** The `userOp.signature` that the K1 MEE validator reads, wrapped for SmartSession when a permission validates. */
export function packOpSignature(supertransaction: Supertransaction, op: SuperOp, signature: Hex): Hex {
  const root = supertransaction.hash;
  const proof = superTransactionProof(leavesOf(supertransaction.ops), op.meeUserOpHash);
  if (op.permissionId === undefined) {
    return concatHex([
      simpleSignaturePrefix,
      encodeAbiParameters(ownerParameters, [
        root,
        op.lowerBoundTimestamp,
        op.upperBoundTimestamp,
        proof,
        signature,
      ]),
    ]);
  }
  return encodeUseSignature(op.permissionId, encodeShortSignature({ root, proof, signature }));
}
