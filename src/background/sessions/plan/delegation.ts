import type { Address } from 'viem';
import { readDelegation } from '../../../protocol/account/authorization';
import { sameAddress } from '../../../protocol/address';
import {
  defaultMeeVersion,
  knownSuites,
  type MeeVersion,
  meeVersions,
  unprovenVersions,
} from '../../../protocol/constants/versions';
import type { PlannedChain } from '../../../storage/records';
import type { Chain } from '../../chain/chains';
import { unavailable } from '../../errors/rpcErrors';
import { type FoundAccount, versionRefused } from './account';

const ownerIsContract = (chainId: number) =>
  unavailable({
    reason: 'OWNER_IS_CONTRACT',
    message: `The owner's address is a contract on chain ${chainId}, so it can't be delegated.`,
    action: 'Ask without delegate.',
    details: { chainId },
  });

type Site = PlannedChain & { version?: MeeVersion };

const siteOf = async (chain: Chain, owner: Address): Promise<Site> => {
  const { chainId } = chain.network;
  const found = readDelegation(await chain.code(owner), meeVersions[defaultMeeVersion].implementationAddress);
  if (found.kind === 'none') return { chainId, deploy: 'delegate' };
  if (found.kind === 'contract') throw ownerIsContract(chainId);
  const suite = knownSuites.find(({ implementationAddress }) =>
    sameAddress(implementationAddress, found.delegate),
  );
  if (suite === undefined) return { chainId, deploy: 'delegate', currentDelegate: found.delegate };
  const { version } = suite;
  if (version === '2.3.0' || version === '3.0.0') {
    throw versionRefused(unprovenVersions[version].refusal, { chainId, version });
  }
  return { chainId, deploy: 'none', version };
};

/**
 * The owner's own address as account (EIP-7702), and where it still has to be delegated. A delegation to a suite that is
 * spoken stays as it is.
 * @throws RpcError OWNER_IS_CONTRACT, ACCOUNT_VERSION_UNSUPPORTED
 */
export const findDelegated = async (owner: Address, chains: readonly Chain[]): Promise<FoundAccount> => {
  const sites = await Promise.all(chains.map((chain) => siteOf(chain, owner)));
  const versions = [...new Set(sites.map(({ version }) => version ?? defaultMeeVersion))];
  const [version = defaultMeeVersion] = versions;
  if (versions.length > 1) {
    throw versionRefused("The owner's address is delegated to different versions on these chains.", {
      versions,
    });
  }
  return { account: owner, version, chains: sites.map(({ version: _version, ...site }) => site) };
};
