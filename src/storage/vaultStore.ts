/**
 * Where the vault keeps what it has encrypted. Storage doesn't read these records: the vault parses each one itself.
 * Nothing here overwrites a header or a key record.
 */
export interface VaultStore {
  /** The header record as stored, or undefined when there is none. */
  header(): Promise<unknown>;
  /** Stores the header unless there is one. Gives false, and changes nothing, when there is one already. */
  insertHeader(record: object): Promise<boolean>;
  /** The key record under this id as stored, or undefined when there is none. */
  key(id: string): Promise<unknown>;
  /** Stores a key record unless there is one under this id. Gives false, and changes nothing, when there is one already. */
  insertKey(id: string, record: object): Promise<boolean>;
  /** Ids of all key records. */
  keyIds(): Promise<readonly string[]>;
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
}
