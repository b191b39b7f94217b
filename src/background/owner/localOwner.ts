import { hashTypedData } from 'viem';
import { authorizationHash } from '../../protocol/account/authorization';
import type { Vault } from '../../vault/index';
import type { OwnerAdapter } from './owner';
import { transactionDigest } from './transaction';

/** Id of the owner key in the vault. */
export const ownerKeyId = 'owner';

/** An owner key that lives in the vault, for development and tests. Works while the vault is unlocked. */
export const createLocalOwner = (vault: Pick<Vault, 'address' | 'signer'>): OwnerAdapter => {
  const signer = () => vault.signer(ownerKeyId);
  return {
    address: () => vault.address(ownerKeyId),
    signHash: async (hash) => (await signer()).signMessage(hash),
    signTypedData: async (data) => (await signer()).signDigest(hashTypedData(data)),
    signAuthorization: async (authorization) => (await signer()).signDigest(authorizationHash(authorization)),
    signTransaction: async (transaction) => (await signer()).signDigest(transactionDigest(transaction)),
  };
};
