import {
  type Address,
  concatHex,
  encodeAbiParameters,
  type Hex,
  parseAbiParameters,
  size,
  slice,
} from 'viem';
import { onChainSignaturePrefix, permitSignaturePrefix, simpleSignaturePrefix } from '../constants/modes';
import { ProtocolError } from '../errors';
import { permitTypehash } from './permit';

/** A signature that is not 65 bytes of secp256k1. Code `SIGNATURE_SHAPE`. */
export class SignatureError extends ProtocolError {}

/**
 * The client signature of a simple supertransaction: prefix and 65 bytes with v as 27 or 28.
 * @throws SignatureError
 */
export function encodeSimpleSignature(signature: Hex): Hex {
  return concatHex([simpleSignaturePrefix, canonicalSignature(signature)]);
}

const onChainParameters = parseAbiParameters('bytes32 transactionHash, uint256 chainId');

/** The client signature of a supertransaction whose hash was sent along with a transaction. */
export function encodeOnChainSignature(parts: { transactionHash: Hex; chainId: number }): Hex {
  const { transactionHash, chainId } = parts;
  return concatHex([
    onChainSignaturePrefix,
    encodeAbiParameters(onChainParameters, [transactionHash, BigInt(chainId)]),
  ]);
}

const permitParameters = parseAbiParameters(
  'address token, address spender, bytes32 domainSeparator, bytes32 typehash, uint256 amount, uint256 chainId, uint256 nonce, uint256 v, bytes32 r, bytes32 s',
);

/** A signed permit: what the token checks, and 65 bytes of signature. */
export type SignedPermit = {
  token: Address;
  spender: Address;
  domainSeparator: Hex;
  /** Smallest unit of the token. */
  amount: bigint;
  chainId: number;
  nonce: bigint;
  signature: Hex;
};

/** The client signature of a supertransaction whose hash is the deadline of a permit. @throws SignatureError */
export function encodePermitSignature(permit: SignedPermit): Hex {
  const signature = canonicalSignature(permit.signature);
  return concatHex([
    permitSignaturePrefix,
    encodeAbiParameters(permitParameters, [
      permit.token,
      permit.spender,
      permit.domainSeparator,
      permitTypehash,
      permit.amount,
      BigInt(permit.chainId),
      permit.nonce,
      BigInt(slice(signature, 64)),
      slice(signature, 0, 32),
      slice(signature, 32, 64),
    ]),
  ]);
}

/** 65 bytes with v as 27 or 28. @throws SignatureError */
export function canonicalSignature(signature: Hex): Hex {
  if (size(signature) === 65) {
    const recovery = slice(signature, 64);
    if (recovery === '0x1b' || recovery === '0x1c') return signature;
    if (recovery === '0x00') return concatHex([slice(signature, 0, 64), '0x1b']);
    if (recovery === '0x01') return concatHex([slice(signature, 0, 64), '0x1c']);
  }
  throw new SignatureError('SIGNATURE_SHAPE', {
    shortMessage: 'The wallet returned a signature of another kind than expected.',
    details: `${size(signature)} bytes.`,
    action: 'Sign with an account whose key is in the wallet itself.',
  });
}
