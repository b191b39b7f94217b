import { decodeErrorResult, type Hex, isAddressEqual, parseAbi } from 'viem';
import { entryPointAbi, errorAbi } from '../../devnet/contracts/testKit/abis';
import { policyAddresses } from '../../src/protocol/constants/addresses';
import type { PolicyType } from '../../src/protocol/policies/policy';

/**
 * What became of one operation: passed validation, or the error with the policy it names and the first four bytes of
 * the policy's own revert data.
 */
export type Outcome =
  | { allowed: true }
  | { allowed: false; refusal: string; policy?: PolicyType; revert?: Hex };

const knownErrors = [
  ...entryPointAbi.filter((item) => item.type === 'error'),
  ...errorAbi,
  ...parseAbi(['error Panic(uint256)', 'error Error(string)']),
];

/** Reads the answer of a simulated `handleOps`. */
export function outcomeOf(result: { status: string; data: Hex }): Outcome {
  if (result.status === 'success') return { allowed: true };
  const outer = decodeErrorResult({ abi: knownErrors, data: result.data });
  const [, reason, inner] = outer.args ?? [];
  if (outer.errorName === 'FailedOp') return { allowed: false, refusal: String(reason).slice(0, 4) };
  if (outer.errorName !== 'FailedOpWithRevert') return { allowed: false, refusal: outer.errorName };
  return innerOutcome(`0x${String(inner).slice(2)}`);
}

function innerOutcome(data: Hex): Outcome {
  if (data === '0x') return { allowed: false, refusal: 'empty revert' };
  const { errorName, args } = decodeErrorResult({ abi: knownErrors, data });
  const refusal = errorName satisfies string;
  if (refusal === 'PolicyViolation') return { allowed: false, refusal, policy: policyAt(String(args?.[1])) };
  if (refusal === 'PolicyCheckReverted')
    return { allowed: false, refusal, revert: `0x${String(args?.[0]).slice(2, 10)}` };
  return { allowed: false, refusal };
}

function policyAt(address: string): PolicyType {
  for (const [type, known] of Object.entries(policyAddresses)) {
    if (isAddressEqual(known, `0x${address.slice(2)}`)) return type as PolicyType;
  }
  throw new TypeError(`no policy is at ${address}`);
}
