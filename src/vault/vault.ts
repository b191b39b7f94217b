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

/** What of the vault can be read. */
export interface VaultHealth {
  /** `missing`: there are keys, but no header to open them with. */
  header: 'none' | 'intact' | 'missing' | 'damaged';
  /** Ids of the keys that work: none without an intact header. */
  workingKeys: readonly string[];
  /** Ids of the key records that are damaged. While locked, damage that only decrypting shows isn't among them. */
  damagedKeys: readonly string[];
}

/**
 * Locking by itself after a time without `touch`. The vault refuses every use of a key from the deadline on; whoever
 * calls `lockIfDue` also deletes the unlocked state and hears of it. A clock that is set back locks the vault.
 */
export interface AutoLock {
  /** Unix seconds at which an alarm should call `lockIfDue`; undefined while locked. */
  deadline(): Promise<number | undefined>;
  /** Moves the deadline to the full time from now. Does nothing while locked or once the deadline is over. */
  touch(): Promise<void>;
  /** Locks when the deadline is over. Gives true when it did. Call it before anything else that a message asks for. */
  lockIfDue(): Promise<boolean>;
  /** Minutes from the last `touch` to the lock: 15 unless they were set. */
  minutes(): Promise<number>;
  /** Whole minutes, from 1 to 1440, kept for good and valid from now on. Throws INVALID_MINUTES or LOCKED. */
  setMinutes(minutes: number): Promise<void>;
}

/** What must be said to delete the vault. */
export type ResetConfirmation = 'delete all keys';

export interface BackupInput {
  /** Text of `exportBackup`. */
  text: string;
  /** The vault's password at the time of the backup. */
  password: string;
  /** The password of the vault to be, `password` by default. */
  newPassword?: string;
  /**
   * Called with the payload once the whole backup was proven and before any key is stored: when it fails, there is no
   * vault, and the import can be tried again. It must bear being called again with the same payload.
   */
  restorePayload?: (payload: string) => Promise<void>;
}

/**
 * The encrypted keys. Refusals are `VaultError`; failures of the database are `StorageError`. No key ever leaves in the
 * clear. DAMAGED always says what is damaged and what still works; what is damaged is never written over.
 */
export interface Vault {
  status(): Promise<VaultStatus>;
  /** What of the vault can be read. Works while locked and never throws DAMAGED. */
  inspect(): Promise<VaultHealth>;
  /** Makes the vault and leaves it unlocked. Throws WEAK_PASSWORD or VAULT_EXISTS. */
  create(input: { password: string }): Promise<void>;
  /**
   * Also brings what was stored by older versions to the present format and cost. Throws NO_VAULT, WRONG_PASSWORD,
   * DAMAGED, TOO_MANY_ATTEMPTS or VAULT_CHANGED.
   */
  unlock(input: { password: string }): Promise<void>;
  /** Waits for signatures under way, then forgets the unlocked state. Does nothing when already locked. */
  lock(): Promise<void>;
  readonly autoLock: AutoLock;
  /**
   * Changes the password in one step: whenever it is cut short, exactly one of the two works. Keys stay as they are.
   * Throws LOCKED, WEAK_PASSWORD, WRONG_PASSWORD, TOO_MANY_ATTEMPTS or VAULT_CHANGED.
   */
  changePassword(input: { password: string; newPassword: string }): Promise<void>;
  /**
   * All keys and a text of the caller's, encrypted under the vault's password with a salt and a key of the backup's own,
   * as versioned JSON text. Keys that are damaged are left out and named. Throws LOCKED, WRONG_PASSWORD,
   * TOO_MANY_ATTEMPTS or BACKUP_TOO_LARGE.
   */
  exportBackup(input: {
    password: string;
    payload?: string;
  }): Promise<{ text: string; damagedKeys: readonly string[] }>;
  /**
   * Makes a vault from a backup where there is none, all of it or nothing, and leaves it unlocked. Throws VAULT_EXISTS,
   * DAMAGED, WRONG_PASSWORD, WEAK_PASSWORD, BACKUP_DAMAGED, BACKUP_NOT_SUPPORTED or BACKUP_TOO_LARGE. `createdAt` is when
   * the backup was made.
   */
  importBackup(input: BackupInput): Promise<{ createdAt: number; keyIds: readonly string[] }>;
  /** Deletes everything of the vault for good, in whatever state it is. Throws NOT_CONFIRMED. */
  reset(input: { confirm: ResetConfirmation }): Promise<void>;
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
