import type { Address } from 'viem';
import { defaultMeeVersion } from '../../protocol/constants/versions';
import type { Chains } from '../chain/chains';
import type { OwnerAdapter } from '../owner/owner';
import { findAccount } from '../sessions/plan/account';

/** The person's smart account. */
export type Account = {
  owner(): Promise<Address>;
  /** By what the configured chains that answer say; all must say the same. */
  address(): Promise<Address>;
};

export const createAccount = (parts: { owner: OwnerAdapter; chains: Chains }): Account => ({
  owner: () => parts.owner.address(),
  address: async () => {
    const [owner, chains] = await Promise.all([parts.owner.address(), parts.chains.all()]);
    const reads = await Promise.allSettled(
      chains.map((chain) => chain.accountAddress(owner, defaultMeeVersion)),
    );
    const answering = chains.filter((_chain, index) => reads[index]?.status === 'fulfilled');
    const failed = reads.find((read) => read.status === 'rejected');
    if (answering.length === 0) throw failed?.reason;
    return (await findAccount(owner, answering)).account;
  },
});
