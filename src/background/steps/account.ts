import type { Address } from 'viem';
import { defaultMeeVersion } from '../../protocol/constants/versions';
import type { Chains } from '../chain/chains';
import { unavailable } from '../errors/rpcErrors';
import type { OwnerAdapter } from '../owner/owner';

/** The person's smart account. */
export type Account = {
  owner(): Promise<Address>;
  /** Read from the factory on every configured chain that answers; all must say the same. */
  address(): Promise<Address>;
};

const differ = (addresses: readonly Address[]) =>
  unavailable({
    reason: 'ACCOUNT_ADDRESS_DIFFERS',
    message: "The configured chains don't agree on the account's address.",
    action: 'Check the RPC addresses of the chains in the settings.',
    details: { addresses },
  });

export const createAccount = (parts: { owner: OwnerAdapter; chains: Chains }): Account => ({
  owner: () => parts.owner.address(),
  address: async () => {
    const [owner, chains] = await Promise.all([parts.owner.address(), parts.chains.all()]);
    const reads = await Promise.allSettled(
      chains.map((chain) => chain.accountAddress(owner, defaultMeeVersion)),
    );
    const addresses = [
      ...new Set(reads.flatMap((read) => (read.status === 'fulfilled' ? [read.value] : []))),
    ];
    const [only] = addresses;
    if (addresses.length > 1) throw differ(addresses);
    if (only !== undefined) return only;
    const failed = reads.find((read) => read.status === 'rejected');
    throw failed?.reason;
  },
});
