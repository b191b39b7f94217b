import type { Address } from 'viem';
import type { Vault } from '../../vault/index';

/** Id of a grant's session key in the vault. */
export const sessionKeyId = (grantId: string): string => `session:${grantId}`;

/** The grant's own key: made when it is first asked for, so that planning again after a restart makes no second one. */
export const createSessionKeys =
  (vault: Pick<Vault, 'hasKey' | 'address' | 'createKey'>) =>
  async (grantId: string): Promise<Address> => {
    const id = sessionKeyId(grantId);
    return (await vault.hasKey(id)) ? vault.address(id) : vault.createKey({ id, kind: 'session' });
  };
