import { type Address, isAddressEqual } from 'viem';
import { accountIdVersion } from '../../../protocol/account/version';
import { defaultMeeVersion, type MeeVersion, meeVersions } from '../../../protocol/constants/versions';
import type { PlannedChain } from '../../../storage/records';
import type { AccountIdentity } from '../../chain/accountReads';
import type { Chain } from '../../chain/chains';
import { unavailable } from '../../errors/rpcErrors';

/** The account that a plan is for, and how it comes to be on each chain. */
export type FoundAccount = { account: Address; version: MeeVersion; chains: readonly PlannedChain[] };

/** Suites in which an owner's account is looked for, the one of new accounts first. */
const suites: readonly MeeVersion[] = [
  defaultMeeVersion,
  ...(Object.keys(meeVersions) as MeeVersion[]).filter((version) => version !== defaultMeeVersion),
];

export const addressesDiffer = (addresses: readonly Address[]) =>
  unavailable({
    reason: 'ACCOUNT_ADDRESS_DIFFERS',
    message: "The chains of this request don't agree on the account's address.",
    action: 'Check the RPC addresses of the chains in the settings.',
    details: { addresses },
  });

export const versionRefused = (message: string, details: Record<string, unknown>) =>
  unavailable({
    reason: 'ACCOUNT_VERSION_UNSUPPORTED',
    message,
    action: 'Use an account of a version that Latchkey supports.',
    details,
  });

/** The suite's address of the owner's account, the same on every chain; undefined where a suite isn't deployed. */
const addressIn = async (
  version: MeeVersion,
  owner: Address,
  chains: readonly Chain[],
): Promise<Address | undefined> => {
  const reads = Promise.all(chains.map((chain) => chain.accountAddress(owner, version)));
  const addresses = version === defaultMeeVersion ? await reads : await reads.catch(() => []);
  const [first] = addresses;
  if (first !== undefined && !addresses.every((address) => isAddressEqual(address, first))) {
    throw addressesDiffer(addresses);
  }
  return first;
};

/** What an account turns out to be. @throws RpcError ACCOUNT_VERSION_UNSUPPORTED with the reason as a sentence */
export const versionOf = (
  { accountId, implementation }: AccountIdentity,
  factoryVersion?: MeeVersion,
): MeeVersion => {
  const found = accountIdVersion(accountId ?? '', implementation);
  if (found.kind === 'spoken') return found.version;
  if (found.kind === 'unproven') throw versionRefused(found.refusal, { version: found.version });
  if (found.kind === 'ambiguous' && factoryVersion && found.versions.includes(factoryVersion)) {
    return factoryVersion;
  }
  throw versionRefused("The account is of a version that Latchkey doesn't know.", {
    accountId: accountId ?? '',
    ...(implementation === undefined ? {} : { implementation }),
  });
};

const oneVersion = (versions: readonly MeeVersion[], fallback: MeeVersion): MeeVersion => {
  const [first = fallback, ...others] = [...new Set(versions)];
  if (others.length === 0) return first;
  throw versionRefused('The account has different versions on the chains of this request.', {
    versions: [first, ...others],
  });
};

/**
 * The owner's smart account: one that exists on a chain of the request, by what it says of itself, or the one that the
 * suite of new accounts will make.
 * @throws RpcError ACCOUNT_ADDRESS_DIFFERS, ACCOUNT_VERSION_UNSUPPORTED
 */
export const findAccount = async (owner: Address, chains: readonly Chain[]): Promise<FoundAccount> => {
  const candidates = await Promise.all(
    suites.map(async (version) => {
      const address = await addressIn(version, owner, chains);
      const hasCode = address ? await Promise.all(chains.map((chain) => chain.hasCode(address))) : [];
      return { version, address, hasCode };
    }),
  );
  const existing = candidates.find(({ hasCode }) => hasCode.includes(true)) ?? candidates[0];
  if (existing?.address === undefined) throw addressesDiffer([]);
  const { address, version: suite, hasCode } = existing;
  const identities = await Promise.all(
    chains.map((chain, index) => (hasCode[index] ? chain.identity(address) : undefined)),
  );
  const versions = identities.map((identity) => (identity ? versionOf(identity, suite) : suite));
  return {
    account: address,
    version: oneVersion(versions, suite),
    chains: chains.map(({ network }, index) => ({
      chainId: network.chainId,
      deploy: hasCode[index] ? 'none' : 'initCode',
    })),
  };
};
