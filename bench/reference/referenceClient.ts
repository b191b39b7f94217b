import {
  createMeeClient,
  getMEEVersion,
  type MEEVersion,
  toMultichainNexusAccount,
} from '@biconomy/abstractjs';
import { type Address, http } from 'viem';
import { generatePrivateKey, type LocalAccount, privateKeyToAccount } from 'viem/accounts';
import { base, optimism } from 'viem/chains';
import type { Devnet, DevnetChain } from '../../devnet/devnet';

/** Both chains of the local network, as the reference client wants to know them. */
export const definitions = [base, optimism];

/** A chain of the network by its id. */
export const chainOf = (devnet: Devnet, chainId: number): DevnetChain => {
  const chain = devnet.chains.find((candidate) => candidate.chainId === chainId);
  if (chain === undefined) throw new RangeError(`The network has no chain ${chainId}.`);
  return chain;
};

/** The reference client for a signer; with `accountAddress` it acts on that account, as a session key does. */
export const connectReference = async (
  devnet: Devnet,
  options: { signer: LocalAccount; version: MEEVersion; accountAddress?: Address },
) => {
  const { signer, version, accountAddress } = options;
  const account = await toMultichainNexusAccount({
    signer,
    chainConfigurations: definitions.map((chain) => ({
      chain,
      transport: http(chainOf(devnet, chain.id).rpcUrl),
      version: getMEEVersion(version),
      ...(accountAddress === undefined ? {} : { accountAddress }),
    })),
  });
  const client = await createMeeClient({ account, url: devnet.nodeUrl, isDebugMode: false });
  return { account, client };
};

/** A fresh owner with the reference client, whose account holds 5 units of the fee token. */
export const fundedReference = async (devnet: Devnet, version: MEEVersion) => {
  const signer = privateKeyToAccount(generatePrivateKey());
  const { account, client } = await connectReference(devnet, { signer, version });
  const address = account.addressOn(base.id, true);
  const feeToken = { address: chainOf(devnet, base.id).permitToken, chainId: base.id };
  await devnet.fund({ chainId: base.id, token: feeToken.address, to: address, amount: 5_000_000n });
  return { owner: signer.address, account, client, address, feeToken };
};
