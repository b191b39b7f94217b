import type { Address } from 'viem';
import { sameAddress } from '../address';
import {
  knownSuites,
  type MeeVersion,
  type MeeVersionConfig,
  meeVersions,
  type UnprovenVersion,
  unprovenVersions,
} from '../constants/versions';

/** What an existing account turns out to be. */
export type AccountVersion =
  | { kind: 'spoken'; version: MeeVersion }
  | { kind: 'unproven'; version: UnprovenVersion; refusal: string }
  /** Several suites share the account id: read the implementation address and ask again. */
  | { kind: 'ambiguous'; versions: readonly (MeeVersion | UnprovenVersion)[] }
  | { kind: 'unknown' };

/**
 * Version of an existing account by what it says of itself.
 * @param accountId what the account's `accountId()` returns (ERC-7579)
 * @param implementation what its `getImplementation()` returns, or the delegate of an EIP-7702 account; decides where
 * suites share an account id, and must be a suite's own where it is given
 */
export function accountIdVersion(accountId: string, implementation?: Address): AccountVersion {
  const candidates = knownSuites.filter(
    (suite) =>
      suite.accountId === accountId &&
      (implementation === undefined || sameAddress(suite.implementationAddress, implementation)),
  );
  const [suite, ...others] = candidates;
  if (suite === undefined) return { kind: 'unknown' };
  if (others.length > 0) return { kind: 'ambiguous', versions: candidates.map(({ version }) => version) };
  return accountVersionOf(suite);
}

function accountVersionOf({ version }: MeeVersionConfig): AccountVersion {
  if (isSpoken(version)) return { kind: 'spoken', version };
  return { kind: 'unproven', version, refusal: unprovenVersions[version].refusal };
}

/** Whether a version is one of those that this code speaks. */
function isSpoken(version: MeeVersion | UnprovenVersion): version is MeeVersion {
  return version in meeVersions;
}
