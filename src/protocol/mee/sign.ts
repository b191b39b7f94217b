import { concatHex, type Hex, hashMessage, size, slice } from 'viem';
import { simpleSignaturePrefix } from '../constants/modes';
import type { MeeVersionConfig } from '../constants/versions';
import { ProtocolError } from '../errors';
import type { VerifiedQuote } from './verify';

/** A signature that is not 65 bytes of secp256k1. Code `SIGNATURE_SHAPE`. */
export class SignatureError extends ProtocolError {}

/**
 * What a key signs for a simple supertransaction of MEE below 2.2.1: the personal_sign digest (ERC-191) of the raw
 * 32-byte hash. Takes a verified quote only, so nothing unchecked is ever signed.
 */
export function superTransactionDigest(quote: VerifiedQuote): Hex {
  return hashMessage({ raw: quote.hash });
}

/**
 * The client signature of a simple supertransaction: prefix and 65 bytes with v as 27 or 28.
 * @throws SignatureError
 */
export function encodeSimpleSignature(signature: Hex): Hex {
  return concatHex([simpleSignaturePrefix, canonicalSignature(signature)]);
}

/** Body of `POST exec`; serialise with `encodeJson`. */
export type ExecRequest = VerifiedQuote['response'] & {
  signature: Hex;
  meeVersions: readonly { chainId: number; version: MeeVersionConfig }[];
  isEIP712TrustedSponsorshipSupported: true;
};

/**
 * The verified quote with its signature, ready to be executed.
 * @param signature 65 bytes over `superTransactionDigest`
 * @throws SignatureError
 */
export function buildExecRequest(quote: VerifiedQuote, signature: Hex): ExecRequest {
  const chains = new Set(quote.response.userOps.map((userOp) => Number(userOp.chainId)));
  const versions = new Map(quote.request.meeVersions.map((entry) => [entry.chainId, entry.version]));
  return {
    ...quote.response,
    signature: encodeSimpleSignature(signature),
    meeVersions: [...chains].flatMap((chainId) => {
      const version = versions.get(chainId);
      return version === undefined ? [] : [{ version, chainId }];
    }),
    isEIP712TrustedSponsorshipSupported: true,
  };
}

function canonicalSignature(signature: Hex): Hex {
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
