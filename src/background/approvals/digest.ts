import { type Hex, keccak256, stringToBytes } from 'viem';
import { canonicalText } from '../journal/canonical';

/**
 * Digest of what a person sees and of what is done when they say yes: keccak-256 over JSON with sorted keys and tagged
 * bigints. Any difference in either gives another digest.
 */
export const reviewDigest = (parts: { view: object; plan?: object }): Hex =>
  keccak256(stringToBytes(canonicalText(parts)));
