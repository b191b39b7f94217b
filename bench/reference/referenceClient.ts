import {
  createMeeClient,
  getMEEVersion,
  MEEVersion,
  meeSessionActions,
  toMultichainNexusAccount,
} from '@biconomy/abstractjs';
import { type Address, createClient, erc20Abi, http, parseAbi } from 'viem';
import { generatePrivateKey, type LocalAccount, privateKeyToAccount } from 'viem/accounts';
import { getBalance, readContract } from 'viem/actions';
import { base, optimism } from 'viem/chains';
import { type Devnet, type DevnetChain, devnetOptionsFromEnvironment } from '../../devnet/devnet';
import { keepNoncesApart } from './nonceKeys';

/** Both chains of the local network, as the reference client wants to know them. */
export const definitions = [base, optimism];

/** The MEE versions whose contracts the network's chains hold: chains that were there before have no 2.2.1. */
export const servedVersions =
  devnetOptionsFromEnvironment().rpcUrls === undefined
    ? [MEEVersion.V2_1_0, MEEVersion.V2_0_0, MEEVersion.V2_2_1]
    : [MEEVersion.V2_1_0, MEEVersion.V2_0_0];

/**
 * Those in which the reference client can use a session, and delegate. In 2.2.1 its session signature is one that no
 * validator takes, and it asks an address without code for its EIP-712 domain.
 */
export const usableVersions = [MEEVersion.V2_1_0, MEEVersion.V2_0_0];

/** A chain of the network by its id. */
export const chainOf = (devnet: Devnet, chainId: number): DevnetChain => {
  const chain = devnet.chains.find((candidate) => candidate.chainId === chainId);
  if (chain === undefined) throw new RangeError(`The network has no chain ${chainId}.`);
  return chain;
};

/** A client for plain reads of one chain. */
export const readerOf = (chain: DevnetChain) => createClient({ transport: http(chain.rpcUrl), cacheTime: 0 });

/** What an account holds of a token, or of the chain's coin when none is named; smallest units. */
export const balanceOn = (chain: DevnetChain, account: Address, token?: Address): Promise<bigint> =>
  token === undefined
    ? getBalance(readerOf(chain), { address: account })
    : readContract(readerOf(chain), {
        address: token,
        abi: erc20Abi,
        functionName: 'balanceOf',
        args: [account],
      });

/** How often an account has counted on a chain. */
export const countOn = (chain: DevnetChain, account: Address): Promise<bigint> =>
  readContract(readerOf(chain), {
    address: chain.counter,
    abi: parseAbi(['function countOf(address caller) view returns (uint256)']),
    functionName: 'countOf',
    args: [account],
  });

/** Who signs for the reference client, and on which chains; with `accountAddress` it acts on that account. */
type Connection = {
  signer: LocalAccount;
  version: MEEVersion;
  accountAddress?: Address;
  chains?: typeof definitions;
};

/** The reference client for a signer; with `accountAddress` it acts on that account, as a session key does. */
export const connectReference = async (devnet: Devnet, connection: Connection) => {
  const { signer, version, accountAddress, chains = definitions } = connection;
  const account = await toMultichainNexusAccount({
    signer,
    chainConfigurations: chains.map((chain) => ({
      chain,
      transport: http(chainOf(devnet, chain.id).rpcUrl),
      version: getMEEVersion(version),
      ...(accountAddress === undefined ? {} : { accountAddress }),
    })),
  });
  keepNoncesApart(account);
  const client = await createMeeClient({ account, url: devnet.nodeUrl, isDebugMode: false });
  return { account, client, reads: client.extend(meeSessionActions) };
};

/** The reference client with its account. */
export type Reference = Awaited<ReturnType<typeof connectReference>>;

/** A fresh owner with the reference client, on one chain or on both. Nothing is funded. */
export const freshReference = async (
  devnet: Devnet,
  version: MEEVersion,
  chains: typeof definitions = definitions,
) => {
  const owner = privateKeyToAccount(generatePrivateKey());
  const connected = await connectReference(devnet, { signer: owner, version, chains });
  return { ...connected, owner: owner.address, address: connected.account.addressOn(base.id, true) };
};

/** A fresh owner with the reference client, whose account holds 5 units of the fee token. */
export const fundedReference = async (
  devnet: Devnet,
  version: MEEVersion,
  chains: typeof definitions = definitions,
) => {
  const fresh = await freshReference(devnet, version, chains);
  const feeToken = { address: chainOf(devnet, base.id).permitToken, chainId: base.id };
  await devnet.fund({ chainId: base.id, token: feeToken.address, to: fresh.address, amount: 5_000_000n });
  return { ...fresh, feeToken };
};
