import { concatHex, encodeAbiParameters, type Hex, numberToHex, parseAbiParameters } from 'viem';
import { superTransactionProof } from '../../src/protocol/mee/merkle';
import { encodeShortSignature, encodeUseSignature } from '../../src/protocol/session/signature';
import { type SignedPermit, signaturePrefixes } from './clientSignature';
import { leavesOf, type SuperOp, type Supertransaction, signedOps } from './supertransaction';
import { superTxItem, superTxTypeHash } from './typedSuperTx';

const rootParameters = parseAbiParameters(
  'bytes32 root, uint48 lower, uint48 upper, bytes32[] proof, bytes signature',
);
const typedParameters = parseAbiParameters(
  'bytes32 typeHash, uint256 index, bytes32[] items, bytes signature, bytes32 bounds',
);
const typedShortParameters = parseAbiParameters(
  'bytes32 typeHash, uint256 index, bytes32[] items, bytes signature',
);
const permitParameters = parseAbiParameters([
  'Permit permit',
  'struct Permit { address token; address spender; bytes32 domainSeparator; uint256 amount; uint256 nonce; bool isPermitTx; bytes32 root; uint48 lower; uint48 upper; uint8 v; bytes32 r; bytes32 s; bytes32[] proof; }',
]);

/** What carries the hash of a supertransaction, with all that its validator wants to see. */
export type Carrier =
  | { carrier: 'simple'; signature: Hex }
  | { carrier: 'permit'; permit: SignedPermit }
  | { carrier: 'onchain'; rawTransaction: Hex };

/** Whether the operation hands the permit to its token: the first one on the trigger's chain that the owner signs. */
function handsPermit({ ops, paidBy, triggerChainId }: Supertransaction, op: SuperOp): boolean {
  const own = paidBy === 'account' ? ops : ops.slice(1);
  return own.find(({ chainId }) => chainId === triggerChainId) === op;
}

function packTyped(supertransaction: Supertransaction, op: SuperOp, signature: Hex): Hex {
  const ops = signedOps(supertransaction);
  const index = BigInt(ops.indexOf(op));
  const items = ops.map(superTxItem);
  if (op.permissionId !== undefined) {
    const inner = encodeAbiParameters(typedShortParameters, [superTxTypeHash, index, items, signature]);
    return encodeUseSignature(op.permissionId, concatHex([signaturePrefixes.simple, inner]));
  }
  const bounds = concatHex([
    numberToHex(op.lowerBoundTimestamp, { size: 16 }),
    numberToHex(op.upperBoundTimestamp, { size: 16 }),
  ]);
  return concatHex([
    signaturePrefixes.simple,
    encodeAbiParameters(typedParameters, [superTxTypeHash, index, items, signature, bounds]),
  ]);
}

/** The signature of an operation under a signed root: the owner's form, or the session's when a permission validates. */
export function packRoot(root: Hex, op: SuperOp, proof: readonly Hex[], signature: Hex): Hex {
  if (op.permissionId !== undefined) {
    return encodeUseSignature(op.permissionId, encodeShortSignature({ root, proof, signature }));
  }
  const { lowerBoundTimestamp, upperBoundTimestamp } = op;
  return concatHex([
    signaturePrefixes.simple,
    encodeAbiParameters(rootParameters, [root, lowerBoundTimestamp, upperBoundTimestamp, proof, signature]),
  ]);
}

function packPermit(
  supertransaction: Supertransaction,
  op: SuperOp,
  proof: readonly Hex[],
  { v, ...permit }: SignedPermit,
): Hex {
  const filled = {
    ...permit,
    isPermitTx: handsPermit(supertransaction, op),
    root: supertransaction.hash,
    lower: op.lowerBoundTimestamp,
    upper: op.upperBoundTimestamp,
    v: Number(v),
    proof,
  };
  return concatHex([signaturePrefixes.permit, encodeAbiParameters(permitParameters, [filled])]);
}

function packTransaction(op: SuperOp, proof: readonly Hex[], rawTransaction: Hex): Hex {
  return concatHex([
    signaturePrefixes.onchain,
    rawTransaction,
    ...proof,
    numberToHex(proof.length, { size: 1 }),
    numberToHex(op.lowerBoundTimestamp, { size: 6 }),
    numberToHex(op.upperBoundTimestamp, { size: 6 }),
  ]);
}

/** The `userOp.signature` that the K1 MEE validator reads, wrapped for SmartSession when a permission validates. */
export function packOpSignature(supertransaction: Supertransaction, op: SuperOp, carrier: Carrier): Hex {
  if (carrier.carrier === 'simple' && supertransaction.typed) {
    return packTyped(supertransaction, op, carrier.signature);
  }
  const proof = superTransactionProof(leavesOf(supertransaction.ops), op.meeUserOpHash);
  if (carrier.carrier === 'permit') return packPermit(supertransaction, op, proof, carrier.permit);
  if (carrier.carrier === 'onchain') return packTransaction(op, proof, carrier.rawTransaction);
  return packRoot(supertransaction.hash, op, proof, carrier.signature);
}
