import { openDB } from 'idb';
import { type Database, type Migration, migrations, type Schema } from './schema';
import { StorageError, storageErrorFrom } from './storageError';

/** How long an open may wait for older connections to close. */
const openTimeoutSeconds = 5;

export interface ConnectionOptions {
  name: string;
  migrations?: readonly Migration[];
}

/** The connection of this context: opened when needed, given up when another context needs a newer version. */
export interface Connection {
  /** Runs work on the open database. Work starts its one transaction at once. Failures come as `StorageError`. */
  use<T>(work: (database: Database) => Promise<T>): Promise<T>;
  close(): void;
}

export const createConnection = (options: ConnectionOptions): Connection => {
  let opening: Promise<Database> | undefined;
  let closed = false;

  const forget = (database: Promise<Database>): void => {
    if (opening === database) opening = undefined;
  };

  const current = (): Promise<Database> => {
    if (closed) return Promise.reject(new StorageError('CLOSED', 'The local database was closed.'));
    if (opening !== undefined) return opening;
    const attempt: Promise<Database> = openDatabase(options, () => forget(attempt));
    opening = attempt;
    attempt.catch(() => forget(attempt));
    return attempt;
  };

  const attempt = async <T>(work: (database: Database) => Promise<T>, retry: boolean): Promise<T> => {
    const connection = current();
    try {
      return await work(await connection);
    } catch (error) {
      if (!retry || !isConnectionLost(error)) throw storageErrorFrom(error);
      forget(connection);
      return attempt(work, false);
    }
  };

  return {
    use: (work) => attempt(work, true),
    close: () => {
      closed = true;
      opening?.then((database) => database.close(), ignore);
      opening = undefined;
    },
  };
};

const openDatabase = async (options: ConnectionOptions, onLost: () => void): Promise<Database> => {
  const steps = options.migrations ?? migrations;
  const opening = openDB<Schema>(options.name, steps.length, {
    upgrade: (database, oldVersion, _newVersion, transaction) => {
      transaction.done.catch(ignore);
      for (const step of steps.slice(oldVersion)) step(database, transaction);
    },
    blocking: () => {
      onLost();
      opening.then((database) => database.close(), ignore);
    },
    terminated: onLost,
  });
  return withTimeout(opening);
};

/** An open that waits for another context can't be cancelled: when it succeeds too late, it is closed at once. */
const withTimeout = (opening: Promise<Database>): Promise<Database> =>
  new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(new StorageError('BLOCKED', 'Another Latchkey window keeps the local database busy.'));
    }, openTimeoutSeconds * 1000);
    opening.then(
      (database) => {
        clearTimeout(timer);
        if (late) database.close();
        else resolve(database);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(storageErrorFrom(error));
      },
    );
  });

/** The browser may have closed the connection before this context has heard of it: no transaction could start. */
const isConnectionLost = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'InvalidStateError';

const ignore = (): void => {};
