import { createVault } from './service';
import type { Vault, VaultDependencies } from './vault';

export type { SessionArea, Vault } from './vault';
export { VaultError } from './vaultError';

/**
 * The vault over a store and a session area: PBKDF2-SHA-256 and AES-256-GCM around secp256k1 keys. Make one per worker:
 * it serialises its own work only.
 */
export const createVaultService = (deps: VaultDependencies): Vault => createVault(deps);
