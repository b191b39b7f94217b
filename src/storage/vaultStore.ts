/** A key record as stored, under its id. */
export interface StoredKey {
  id: string;
  record: unknown;
}

/**
 * Where the vault keeps what it has encrypted. Storage doesn't read these records: the vault parses each one itself.
 * Nothing here overwrites a header or a key record, except `replaceHeader` and `replaceKey`, which do so only when the
 * vault knows the stored one again.
 */
export interface VaultStore {
  /** The header record as stored, or undefined when there is none. */
  header(): Promise<unknown>;
  /**
   * One transaction: stores a header and its first key records. Gives false, and changes nothing, when there is a header
   * or any key record already.
   */
  insertVault(header: object, keys: readonly { id: string; record: object }[]): Promise<boolean>;
  /** One transaction: as `replaceKey`, for the header. */
  replaceHeader(isExpected: (stored: unknown) => boolean, record: object): Promise<boolean>;
  /** The key record under this id as stored, or undefined when there is none. */
  key(id: string): Promise<unknown>;
  /** All key records as stored, in the order of their ids, read in one transaction. */
  keys(): Promise<readonly StoredKey[]>;
  /** Stores a key record unless there is one under this id. Gives false, and changes nothing, when there is one already. */
  insertKey(id: string, record: object): Promise<boolean>;
  /**
   * One transaction: stores a key record in place of the one that `isExpected` knows again. Gives false, and changes
   * nothing, when there is another one or none.
   */
  replaceKey(id: string, isExpected: (stored: unknown) => boolean, record: object): Promise<boolean>;
  /** Deletes the key record under this id, if there is one. */
  removeKey(id: string): Promise<void>;
  /** The non-extractable key of the present unlock, or undefined. */
  unlockKey(): Promise<unknown>;
  putUnlockKey(key: CryptoKey): Promise<void>;
  removeUnlockKey(): Promise<void>;
  /** The record of wrong passwords since the last right one, or undefined. */
  attempts(): Promise<unknown>;
  putAttempts(record: object): Promise<void>;
  removeAttempts(): Promise<void>;
  /** The record of the setting for locking by itself, or undefined. */
  autoLock(): Promise<unknown>;
  putAutoLock(record: object): Promise<void>;
  /** One transaction: deletes everything that is named here. */
  clear(): Promise<void>;
}
