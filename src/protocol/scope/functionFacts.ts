import type { AbiParameter, Hex } from 'viem';
import { headOf, readFunction } from '../actions/functionSignature';
import { ProtocolError } from '../errors';
import { knownSignature } from './knownFunctions';

/**
 * What is said of a function. `known` signatures come from the built-in list, `dapp` ones are the dapp's claim and have
 * the right selector, which many other signatures share. `isDisputed`: the dapp says something else than the list.
 */
export type FunctionFacts = {
  signature: string;
  source: 'known' | 'dapp';
  inputs: readonly AbiParameter[];
  isDisputed: boolean;
};

const longestClaim = 512;
const mostHeadBytes = 32 * 256;
const claimForm = /^[A-Za-z_$][\w$]{0,63}\(/;

/**
 * The signature of a selector, from the built-in list or else from the dapp's claim; null when neither tells.
 * @param claim what the dapp says, `name(type,type)`, or null
 */
export function functionFacts(selector: Hex, claim: string | null): FunctionFacts | null {
  const claimed = claim === null ? null : readClaim(selector, claim);
  const known = knownSignature(selector);
  if (known === null) return claimed;
  const inputs = readFunction(known).inputs ?? [];
  const isDisputed = claim !== null && (claimed === null || nameOf(claimed.signature) !== nameOf(known));
  return { signature: known, source: 'known', inputs, isDisputed };
}

function nameOf(signature: string): string | undefined {
  return signature.split('(', 1)[0];
}

/** A fixed array may claim more words than any memory holds. */
function isReadable(inputs: readonly AbiParameter[]): boolean {
  return inputs.reduce((sum, input) => sum + headOf(input).bytes, 0) <= mostHeadBytes;
}

function readClaim(selector: Hex, claim: string): FunctionFacts | null {
  if (claim.length > longestClaim || !claimForm.test(claim)) return null;
  try {
    const { selector: own, inputs } = readFunction(claim);
    if (own !== selector.toLowerCase() || inputs === null || !isReadable(inputs)) return null;
    return { signature: claim, source: 'dapp', inputs, isDisputed: false };
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}
