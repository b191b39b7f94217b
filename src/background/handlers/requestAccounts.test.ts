import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStorage, type Storage } from '../../storage/index';
import { rejections } from '../approvals/rejections';
import { createJournal, type Journal } from '../journal/journal';
import { createMutex } from '../journal/mutex';
import { account } from '../testing/records';
import { createOpenRequest } from './openRequest';
import { createRequestAccounts } from './requestAccounts';

const origin = 'https://dapp.example';

let storage: Storage;
let journal: Journal;
let time: number;
let opened: string[];
let ask: (waited?: number) => Promise<readonly string[]>;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  storage = await openStorage();
  time = 1_000;
  opened = [];
  const clock = { now: () => time, sleep: async () => undefined };
  journal = createJournal({
    requests: storage.requests,
    now: clock.now,
    onChange: () => undefined,
    onBadEnd: async () => undefined,
  });
  const newId = () => `id${opened.length}`;
  const open = createOpenRequest({
    ...{ journal, mutex: createMutex(), clock, newId },
    onOpened: async () => void opened.push(newId()),
  });
  const runner = { start: () => undefined, resume: async () => undefined };
  const handler = createRequestAccounts({
    ...{ connections: storage.connections, clock, journal, open, runner, newId },
  });
  ask = (waited = 0) => handler([], origin, waited);
});

afterEach(() => storage.close());

/** The person says no, at the present time. */
const reject = (id: string) => journal.end(id, 'rejected', rejections.rejected.toJSON());

describe('eth_requestAccounts', () => {
  it('asks the person anew after a no', async () => {
    const first = ask();
    await expect.poll(() => opened).toEqual(['id0']);
    await reject('id0');
    await expect(first).rejects.toMatchObject({ code: 4001 });
    void ask();
    await expect.poll(() => opened).toEqual(['id0', 'id1']);
  });

  it('gives a page that was out of reach the no that it missed, and asks nobody', async () => {
    const lost = ask();
    lost.catch(() => undefined);
    await expect.poll(() => opened).toEqual(['id0']);
    time += 60;
    await reject('id0');
    time += 600;
    await expect(ask(660_000)).rejects.toMatchObject({ code: 4001, data: { reason: 'USER_REJECTED' } });
    expect(opened).toEqual(['id0']);
  });

  it('takes no decision from before the page asked', async () => {
    const earlier = ask();
    earlier.catch(() => undefined);
    await expect.poll(() => opened).toEqual(['id0']);
    await reject('id0');
    time += 100;
    void ask(50_000);
    await expect.poll(() => opened).toEqual(['id0', 'id1']);
  });

  it('gives a page that was out of reach the account when the person said yes', async () => {
    await storage.connections.put({ origin, account, createdAt: time });
    expect(await ask(10_000)).toEqual([account]);
    expect(opened).toEqual([]);
  });
});
