import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStorage, type Storage } from '.';
import { grantSample, ledgerSample, useSample } from './records.samples';

let storage: Storage;
let name: string;

beforeEach(async ({ task }) => {
  name = task.id;
  storage = await openStorage({ name });
});

afterEach(() => storage.close());

/** Writes a row as no version of the program would. */
const spoil = async (table: string, row: { version: number; record: object }) => {
  const database = await openDB(name);
  await database.add(table, row);
  database.close();
};

const rowsOf = async (table: string): Promise<unknown[]> => {
  const database = await openDB(name);
  const rows = await database.getAll(table);
  database.close();
  return rows;
};

const damagedRequest = { ...useSample(), transactions: 'none' };

describe('a damaged record', () => {
  it('gives CORRUPT and is written over by nothing', async () => {
    await spoil('requests', { version: 1, record: damagedRequest });
    const before = await rowsOf('requests');
    const { requests } = storage;
    const refusals = [
      requests.get('request-1'),
      requests.find('https://dapp.example', 'dapp-1'),
      requests.put(useSample()),
      requests.update('request-1', (record) => record),
      requests.insert(useSample({ id: 'other' })),
    ];
    for (const refusal of refusals) await expect(refusal).rejects.toMatchObject({ code: 'CORRUPT' });
    expect(await rowsOf('requests')).toEqual(before);
  });

  it('gives CORRUPT when it has a version that this program does not know', async () => {
    await spoil('grants', { version: 2, record: grantSample() });
    await expect(storage.grants.get('grant-1')).rejects.toMatchObject({ code: 'CORRUPT' });
  });

  it('names the part but none of the values in the message', async () => {
    await spoil('requests', { version: 1, record: { ...useSample(), updatedAt: 'secret' } });
    const error: unknown = await storage.requests.get('request-1').catch((reason: unknown) => reason);
    expect(String(error)).toContain('updatedAt');
    expect(String(error)).not.toContain('secret');
  });

  it('does not keep the others from being listed, and is named', async () => {
    await spoil('requests', { version: 1, record: damagedRequest });
    await storage.requests.put(useSample({ id: 'good', requestId: 'good' }));
    await spoil('ledger', { version: 1, record: { ...ledgerSample(), used: { uses: -1n } } });
    expect((await storage.requests.inStates(['received'])).map(({ id }) => id)).toEqual(['good']);
    expect((await storage.requests.ofOrigin('https://dapp.example')).map(({ id }) => id)).toEqual(['good']);
    expect(await storage.damaged()).toEqual([
      { table: 'requests', key: 'request-1' },
      { table: 'ledger', key: 'grant-1,8453' },
    ]);
  });

  it('can be removed by name', async () => {
    await spoil('grants', { version: 1, record: { ...grantSample(), owner: '0x' } });
    await storage.grants.remove('grant-1');
    expect(await storage.damaged()).toEqual([]);
  });
});

describe('every field of a stored grant', () => {
  it.each(Object.keys(grantSample()))('%s is checked when it is read', async (field) => {
    await spoil('grants', {
      version: 1,
      record: { ...grantSample(), grantId: 'g', [field]: field === 'grantId' ? 'g' : null },
    });
    const read = storage.grants.get('g');
    if (field === 'grantId') await expect(read).resolves.toBeDefined();
    else await expect(read).rejects.toMatchObject({ code: 'CORRUPT' });
  });
});
