import type { Vault } from '../../vault/index';
import type { OwnerAdapter } from './owner';

/** Id of the owner key in the vault. */
export const ownerKeyId = 'owner';

/** An owner key that lives in the vault, for development and tests. Works while the vault is unlocked. */
export const createLocalOwner = (vault: Pick<Vault, 'address' | 'signer'>): OwnerAdapter => ({
  address: () => vault.address(ownerKeyId),
  signHash: async (hash) => (await vault.signer(ownerKeyId)).signMessage(hash),
});
