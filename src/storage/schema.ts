import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';

/** How a record lies in the database. Nothing in it is trusted before it is parsed. */
export interface Row {
  /** Version of the record's shape. */
  version: number;
  record: unknown;
  /** Order of insertion, given by the database. */
  sequence?: number;
}

/** The object stores of the newest version and their indexes. */
export interface Schema extends DBSchema {
  requests: {
    key: number;
    value: Row;
    indexes: { key: string; dappRequest: [string, string]; state: string; origin: string };
  };
  grants: { key: number; value: Row; indexes: { key: string; origin: string } };
  ledger: { key: number; value: Row; indexes: { key: [string, number]; grant: string } };
  connections: { key: number; value: Row; indexes: { key: string } };
  settings: { key: string; value: unknown };
  vault: { key: string; value: unknown };
  vaultKeys: { key: string; value: unknown };
}

export type Database = IDBPDatabase<Schema>;

/** One step of the database from one version to the next. It must keep every record that it finds. */
export type Migration = (
  database: Database,
  transaction: IDBPTransaction<Schema, StoreNames<Schema>[], 'versionchange'>,
) => void;

const rows = { keyPath: 'sequence', autoIncrement: true };

const createTables: Migration = (database) => {
  const requests = database.createObjectStore('requests', rows);
  requests.createIndex('key', 'record.id', { unique: true });
  requests.createIndex('dappRequest', ['record.origin', 'record.requestId'], { unique: true });
  requests.createIndex('state', 'record.state');
  requests.createIndex('origin', 'record.origin');

  const grants = database.createObjectStore('grants', rows);
  grants.createIndex('key', 'record.grantId', { unique: true });
  grants.createIndex('origin', 'record.origin');

  const ledger = database.createObjectStore('ledger', rows);
  ledger.createIndex('key', ['record.grantId', 'record.chainId'], { unique: true });
  ledger.createIndex('grant', 'record.grantId');

  database.createObjectStore('connections', rows).createIndex('key', 'record.origin', { unique: true });
  database.createObjectStore('settings');
  database.createObjectStore('vault');
  database.createObjectStore('vaultKeys');
};

/** Step n brings version n to version n + 1. A step that was released never changes. */
export const migrations: readonly Migration[] = [createTables];
