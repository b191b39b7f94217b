import 'fake-indexeddb/auto';
import { forceCloseDatabase } from 'fake-indexeddb';
import { openDB, unwrap } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openStorage } from '.';
import { type Connection, createConnection } from './connection';
import { useSample } from './records.samples';
import { type Migration, migrations } from './schema';

let name: string;
const open: { close(): void }[] = [];

beforeEach(({ task }) => {
  name = task.id;
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const each of open.splice(0)) each.close();
});

const track = <T extends { close(): void }>(closable: T): T => {
  open.push(closable);
  return closable;
};

const nextStep: Migration = (_database, transaction) => {
  transaction.objectStore('grants').deleteIndex('origin');
};
const connect = (steps: readonly Migration[] = migrations): Connection =>
  track(createConnection({ name, migrations: steps }));
/** A connection of an older program that doesn't give way. */
const openStubborn = async () => {
  const storage = await openStorage({ name });
  await storage.requests.put(useSample());
  storage.close();
  return openDB(name, migrations.length);
};
const versionOf = (connection: Connection) => connection.use(async (database) => database.version);

describe('a connection', () => {
  it('gives way to a context that needs a newer version, and then says that it is too old', async () => {
    const storage = track(await openStorage({ name }));
    await storage.requests.put(useSample());
    const newer = connect([...migrations, nextStep]);
    expect(await versionOf(newer)).toBe(migrations.length + 1);
    await expect(storage.requests.get('request-1')).rejects.toMatchObject({ code: 'NEWER_VERSION' });
  });

  it('keeps every record through a migration', async () => {
    const storage = await openStorage({ name });
    await storage.requests.put(useSample());
    storage.close();
    const rows = await connect([...migrations, nextStep]).use((database) => database.getAll('requests'));
    expect(rows).toMatchObject([{ version: 1, record: useSample() }]);
  });

  it('leaves the database as it was when a migration fails', async () => {
    const storage = await openStorage({ name });
    await storage.requests.put(useSample());
    storage.close();
    const failing: Migration = (database) => {
      database.deleteObjectStore('requests');
      throw new RangeError('half way');
    };
    await expect(versionOf(connect([...migrations, failing]))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const again = track(await openStorage({ name }));
    expect(await again.requests.get('request-1')).toEqual(useSample());
  });

  it('settles with BLOCKED after 5 seconds when an older connection stays open, and can be tried again', async () => {
    const stubborn = await openStubborn();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const newer = connect([...migrations, nextStep]);
    const blocked = versionOf(newer);
    const settled = vi.fn();
    blocked.catch(settled);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await expect(blocked).rejects.toMatchObject({
      code: 'BLOCKED',
      action: expect.stringContaining('Close all other Latchkey windows'),
    });
    vi.useRealTimers();
    expect(await stubborn.count('requests')).toBe(1);
    stubborn.close();
    await expect(versionOf(newer)).resolves.toBe(migrations.length + 1);
    expect(await newer.use((database) => database.getAll('requests'))).toMatchObject([
      { record: useSample() },
    ]);
  });

  it('is opened once by calls of one tick, and twice by two contexts', async () => {
    const opens = vi.spyOn(indexedDB, 'open');
    const connection = connect();
    const [first, second] = await Promise.all([
      connection.use(async (database) => database),
      connection.use(async (database) => database),
    ]);
    expect(first).toBe(second);
    expect(opens).toHaveBeenCalledTimes(1);
    const newer = [...migrations, nextStep];
    const versions = await Promise.all([versionOf(connect(newer)), versionOf(connect(newer))]);
    expect(versions).toEqual([newer.length, newer.length]);
    await expect(versionOf(connection)).rejects.toMatchObject({ code: 'NEWER_VERSION' });
  });

  it('is tried again by the next call after an open that failed', async () => {
    const fail = () => {
      throw new DOMException('no', 'UnknownError');
    };
    vi.spyOn(indexedDB, 'open').mockImplementationOnce(fail);
    const connection = connect();
    await expect(versionOf(connection)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await versionOf(connection)).toBe(migrations.length);
  });

  it('is closed when it opens too late, so that it blocks nobody', async () => {
    const stubborn = await openStubborn();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const blocked = versionOf(connect([...migrations, nextStep]));
    const refusal = expect(blocked).rejects.toMatchObject({ code: 'BLOCKED' });
    await vi.advanceTimersByTimeAsync(5_000);
    await refusal;
    vi.useRealTimers();
    const close = vi.spyOn(IDBDatabase.prototype, 'close');
    stubborn.close();
    expect(await versionOf(connect([...migrations, nextStep]))).toBe(migrations.length + 1);
    expect(close.mock.contexts).toEqual([
      unwrap(stubborn),
      expect.objectContaining({ version: migrations.length + 1 }),
    ]);
  });

  it('opens again after the browser has closed it', async () => {
    const connection = connect();
    const database = await connection.use(async (opened) => opened);
    Reflect.apply(forceCloseDatabase, undefined, [unwrap(database)]);
    const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction');
    expect(await connection.use((opened) => opened.count('requests'))).toBe(0);
    expect(transactions.mock.results.map(({ type }) => type)).toEqual(['return']);
  });

  it('opens again when it was closed without a word', async () => {
    const connection = connect();
    const database = await connection.use(async (opened) => opened);
    database.close();
    expect(await connection.use((opened) => opened.count('requests'))).toBe(0);
  });

  it('refuses work once it was closed', async () => {
    const storage = await openStorage({ name });
    storage.close();
    await expect(storage.settings.get()).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('says that a newer Latchkey wrote the database', async () => {
    track(await openDB(name, 99)).close();
    await expect(openStorage({ name })).rejects.toMatchObject({ code: 'NEWER_VERSION' });
  });
});
