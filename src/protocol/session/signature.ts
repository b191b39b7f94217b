import { concatHex, encodeAbiParameters, type Hex, parseAbiParameters, size, slice } from 'viem';
import { sessionModes, simpleSignaturePrefix } from '../constants/modes';
import { ProtocolError } from '../errors';

/** A session signature that is not in USE form. Code `USE_SIGNATURE`. */
export class SessionSignatureError extends ProtocolError {}

/** 65 bytes of the right shape for a node that estimates gas; signs nothing. */
export const placeholderSignature: Hex =
  '0xe8b94748580ca0b4993c9a1b86b5be851bfc076ff5ce3a1ff65bf16392acfcb800f9b4f1aef1555c7fce5599fffb17e7c635502154a0333ba21f3ae491839af51c';

/** SmartSession signature in mode USE: mode byte, permission id, then what the session validator checks. */
export function encodeUseSignature(permission: Hex, inner: Hex): Hex {
  return concatHex([sessionModes.use, permission, inner]);
}

/**
 * Takes a USE signature apart.
 * @throws SessionSignatureError when it is too short or in another mode
 */
export function decodeUseSignature(signature: Hex): { permissionId: Hex; inner: Hex } {
  if (size(signature) < 33 || slice(signature, 0, 1) !== sessionModes.use) {
    throw new SessionSignatureError('USE_SIGNATURE', {
      shortMessage: 'This is not a session signature in USE mode.',
      action: 'Sign again with the session key.',
    });
  }
  return {
    permissionId: slice(signature, 1, 33),
    inner: size(signature) === 33 ? '0x' : slice(signature, 33),
  };
}

const shortParameters = parseAbiParameters('bytes32 root, bytes32[] proof, bytes signature');

/**
 * What the K1 MEE validator expects as session validator (`validateSignatureWithData`): the supertransaction root,
 * the proof of this operation's hash in it, and the session key's signature over the root.
 */
export function encodeShortSignature(parts: { root: Hex; proof: readonly Hex[]; signature: Hex }): Hex {
  return concatHex([
    simpleSignaturePrefix,
    encodeAbiParameters(shortParameters, [parts.root, parts.proof, parts.signature]),
  ]);
}
