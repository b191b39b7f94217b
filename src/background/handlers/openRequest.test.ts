import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStorage, type Storage } from '../../storage/index';
import { createJournal, type Journal } from '../journal/journal';
import { createMutex } from '../journal/mutex';
import { prepareParams, useParams } from '../testing/records';
import { createOpenRequest, type NewRequest, type OpenRequest } from './openRequest';

let storage: Storage;
let journal: Journal;
let open: OpenRequest;
let opened: number;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  storage = await openStorage();
  opened = 0;
  const now = () => 1_000;
  journal = createJournal({
    requests: storage.requests,
    now,
    onChange: () => undefined,
    onBadEnd: async () => undefined,
  });
  let ids = 0;
  open = createOpenRequest({
    journal,
    mutex: createMutex(),
    clock: { now, sleep: async () => undefined },
    newId: () => {
      ids += 1;
      return `id${ids}`;
    },
    onOpened: async () => {
      opened += 1;
    },
  });
});

afterEach(() => storage.close());

const origin = 'https://dapp.example';
const prepare = (requestId = 'p1'): NewRequest => ({
  origin,
  requestId,
  kind: 'prepare',
  params: prepareParams({ requestId }),
});
const use = (requestId = 'u1'): NewRequest => ({
  origin,
  requestId,
  kind: 'use',
  params: useParams({ requestId }),
});

describe('opening a request', () => {
  it('stores it as received, with the time until which it waits for the person', async () => {
    expect(await open(prepare())).toMatchObject({
      id: 'id1',
      state: 'received',
      createdAt: 1_000,
      expiresAt: 1_900,
    });
    expect(opened).toBe(1);
  });

  it('attaches to the one of the same name, also when asked at the same time', async () => {
    const records = await Promise.all([open(use()), open(use()), open(use())]);
    expect(records.map(({ id }) => id)).toEqual(['id1', 'id1', 'id1']);
    expect(opened).toBe(1);
  });

  it('refuses another request under a name that is taken', async () => {
    await open(use());
    const others: NewRequest[] = [
      { ...use(), kind: 'use', params: useParams({ grantId: 'g' }) },
      { origin, requestId: 'u1', kind: 'prepare', params: prepareParams({ requestId: 'u1' }) },
    ];
    for (const other of others) {
      await expect(open(other)).rejects.toMatchObject({ code: -32602, data: { reason: 'REQUEST_ID_TAKEN' } });
    }
    expect(await open({ ...use(), origin: 'https://other.example' })).toMatchObject({ id: 'id2' });
  });

  it('lets a flood of reviews through one at a time', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) => open(prepare(`p${index}`))),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(outcomes.at(-1)).toMatchObject({ reason: { code: -32002, data: { reason: 'REVIEW_PENDING' } } });
  });

  it('joins the connections that pages of one origin ask for', async () => {
    const first = await open({ origin, requestId: 'connect:1', kind: 'connect' });
    const second = await open({ origin, requestId: 'connect:2', kind: 'connect' });
    expect(second.id).toBe(first.id);
  });

  it('bounds what one origin has under way', async () => {
    for (let index = 0; index < 256; index += 1) await open(use(`u${index}`));
    await expect(open(use('one more'))).rejects.toMatchObject({
      code: -32002,
      data: { reason: 'TOO_MANY_USES' },
    });
    expect(await open(use('u0'))).toMatchObject({ requestId: 'u0' });
  });
});
