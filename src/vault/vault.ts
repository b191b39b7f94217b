import type { Address, Hex } from 'viem';
import type { VaultStore } from '../storage/vaultStore';

/** The part of `chrome.storage.session` that the vault uses. It must be open to trusted contexts only. */
export interface SessionArea {
  get(key: string): Promise<unknown>;
  set(key: string, value: string): Promise<void>;
  remove(key: string): Promise<void>;
}

export type VaultStatus = 'none' | 'locked' | 'unlocked';

/** What a key is for: `owner` signs for an account, `session` signs inside one grant. */
export type KeyKind = 'owner' | 'session';

/** Signs with one key of the vault. Every call fails with LOCKED once the vault is locked. */
export interface Signer {
  readonly address: Address;
  /** Signature of a 32-byte digest as it is, without a prefix: 65 bytes r, s, v with v = 27 or 28 and low s. */
  signDigest(digest: Hex): Promise<Hex>;
  /** Signature of raw bytes as an ERC-191 personal message: 65 bytes as for `signDigest`. */
  signMessage(raw: Hex): Promise<Hex>;
}

/** The encrypted keys. Refusals are `VaultError`; failures of the database are `StorageError`. No key ever leaves. */
export interface Vault {
  status(): Promise<VaultStatus>;
  /** Makes the vault and leaves it unlocked. Throws WEAK_PASSWORD or VAULT_EXISTS. */
  create(input: { password: string }): Promise<void>;
  /** Throws NO_VAULT, WRONG_PASSWORD, DAMAGED or TOO_MANY_ATTEMPTS. */
  unlock(input: { password: string }): Promise<void>;
  /** Waits for signatures under way, then forgets the unlocked state. Does nothing when already locked. */
  lock(): Promise<void>;
  /** Makes a fresh secp256k1 key under an id that the caller chooses. Throws LOCKED or KEY_EXISTS. */
  createKey(input: { id: string; kind: KeyKind }): Promise<Address>;
  /** Whether a record stands under this id. Works while locked. */
  hasKey(id: string): Promise<boolean>;
  /** The address of a key, proven by decrypting its record. Throws LOCKED, UNKNOWN_KEY or DAMAGED. */
  address(id: string): Promise<Address>;
  /** Throws LOCKED, UNKNOWN_KEY or DAMAGED. */
  signer(id: string): Promise<Signer>;
  /** Deletes a key for good, if it is there. Works while locked, so that revoking never has to wait. */
  destroyKey(id: string): Promise<void>;
}

export interface VaultDependencies {
  store: VaultStore;
  session: SessionArea;
  /** Unix seconds. */
  now: () => number;
}
