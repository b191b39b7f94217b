import type { RequestState } from '../rpc/dapp/methods';
import type { ConnectionRecord, GrantRecord, LedgerRecord, RequestRecord } from './records';
import type { VaultStore } from './vaultStore';

/** Requests of dapps, in the order in which they came. */
export interface RequestTable {
  get(id: string): Promise<RequestRecord | undefined>;
  find(origin: string, requestId: string): Promise<RequestRecord | undefined>;
  /** Stores the record in place of the one with its id. CONFLICT when another id holds its origin and requestId. */
  put(record: RequestRecord): Promise<void>;
  /**
   * Reads, changes and writes in one transaction, and gives what is stored afterwards. `change` is synchronous;
   * undefined leaves the record as it is. Throws NOT_FOUND, and whatever `change` throws (then nothing is written).
   */
  update(id: string, change: (record: RequestRecord) => RequestRecord | undefined): Promise<RequestRecord>;
  /** Stores the record, or gives the one that already has its origin and requestId. Atomic. */
  insert(record: RequestRecord): Promise<{ record: RequestRecord; inserted: boolean }>;
  /** Oldest first. */
  inStates(states: readonly RequestState[]): Promise<RequestRecord[]>;
  /** Oldest first. */
  ofOrigin(origin: string): Promise<RequestRecord[]>;
  remove(id: string): Promise<void>;
}

export interface GrantTable {
  get(grantId: string): Promise<GrantRecord | undefined>;
  put(grant: GrantRecord): Promise<void>;
  /** As for requests. */
  update(grantId: string, change: (grant: GrantRecord) => GrantRecord | undefined): Promise<GrantRecord>;
  /** Oldest first. */
  ofOrigin(origin: string): Promise<GrantRecord[]>;
  /** Oldest first. */
  all(): Promise<GrantRecord[]>;
  remove(grantId: string): Promise<void>;
}

export interface LedgerTable {
  get(grantId: string, chainId: number): Promise<LedgerRecord | undefined>;
  put(record: LedgerRecord): Promise<void>;
  /** Reads, changes and writes in one transaction. `change` is synchronous and gets undefined when there is no record. */
  update(
    grantId: string,
    chainId: number,
    change: (record: LedgerRecord | undefined) => LedgerRecord,
  ): Promise<LedgerRecord>;
  /** Removes the counters of a grant on every chain. */
  remove(grantId: string): Promise<void>;
}

export interface ConnectionTable {
  get(origin: string): Promise<ConnectionRecord | undefined>;
  put(record: ConnectionRecord): Promise<void>;
  remove(origin: string): Promise<void>;
  /** Oldest first. */
  all(): Promise<ConnectionRecord[]>;
}

/** One value, as it was put. The caller parses it with its own schema. */
export interface SettingsTable {
  get(): Promise<unknown>;
  put(value: unknown): Promise<void>;
}

/**
 * The local database. Every failure is a `StorageError`. A record that can't be read gives CORRUPT when it is asked for
 * by name, is left out of lists, is named by `damaged`, and is never overwritten; `remove` still removes it.
 */
export interface Storage {
  readonly requests: RequestTable;
  readonly grants: GrantTable;
  readonly ledger: LedgerTable;
  readonly connections: ConnectionTable;
  readonly settings: SettingsTable;
  readonly vault: VaultStore;
  /** The records that lists leave out because they can't be read. */
  damaged(): Promise<readonly DamagedRecord[]>;
  close(): void;
}

export interface DamagedRecord {
  table: 'requests' | 'grants' | 'ledger' | 'connections';
  /** The key under which it is stored, as text. */
  key: string;
}
