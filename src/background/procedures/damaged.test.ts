import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStorage } from '../../storage/index';
import { createHarness, password } from '../testing/harness';
import { grantRecord } from '../testing/records';

type Harness = Awaited<ReturnType<typeof createHarness>>;

let harness: Harness;

const noNetwork: typeof fetch = () => Promise.reject(new TypeError('no network'));

const start = async (): Promise<void> => {
  harness = await createHarness({ fetch: noNetwork });
};

const inDatabase = async <T>(work: (database: Awaited<ReturnType<typeof openDB>>) => Promise<T>) => {
  const storage = await openStorage();
  storage.close();
  const [{ name = '' } = {}] = await indexedDB.databases();
  const database = await openDB(name);
  const found = await work(database);
  database.close();
  return found;
};

/** Writes a grant as no version of the program would. */
const spoilGrant = () =>
  inDatabase((database) => database.add('grants', { version: 1, record: { ...grantRecord(), owner: '0x' } }));

const rowsOf = (table: string) => inDatabase((database) => database.getAll(table));

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

afterEach(() => {
  harness.stop();
  expect(harness.defects).toEqual([]);
});

const refused = {
  code: -32000,
  message: expect.stringContaining('damaged'),
  data: { reason: 'RECORDS_DAMAGED', details: { damaged: [{ table: 'grants', key: 'p' }] } },
};

describe('a stored permission that can not be read', () => {
  it('keeps a new vault from being made, and stays as it is', async () => {
    await spoilGrant();
    const before = await rowsOf('grants');
    await start();
    await expect(harness.popup('createVault', { password })).rejects.toMatchObject(refused);
    expect(await rowsOf('vaultKeys')).toEqual([]);
    expect(await rowsOf('vault')).toEqual([]);
    expect(await rowsOf('grants')).toEqual(before);
  });

  it('keeps a vault without an owner from getting another one', async () => {
    await start();
    await harness.popup('createVault', { password });
    await harness.popup('lock');
    await inDatabase((database) => database.clear('vaultKeys'));
    await spoilGrant();
    await expect(harness.popup('unlock', { password })).rejects.toMatchObject(refused);
    expect(await rowsOf('vaultKeys')).toEqual([]);
  });

  it('does not keep the owner out that is there', async () => {
    await start();
    await harness.popup('createVault', { password });
    await harness.popup('lock');
    await spoilGrant();
    expect(await harness.popup('unlock', { password })).toMatchObject({ vault: 'unlocked' });
  });

  it('goes with a reset, and Latchkey begins anew', async () => {
    await spoilGrant();
    await start();
    await harness.popup('resetVault', { confirm: 'delete all keys' });
    expect(await rowsOf('grants')).toEqual([]);
    expect(await harness.popup('createVault', { password })).toMatchObject({ vault: 'unlocked' });
  });
});
