import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStorage, type Storage } from '../../storage/index';
import type { RequestRecord } from '../../storage/records';
import { account, prepareRequest, useRequest } from '../testing/records';
import { createJournal, type Journal } from './journal';

let storage: Storage;
let journal: Journal;
let time: number;
let badEnds: RequestRecord[];

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  storage = await openStorage();
  time = 1_000;
  badEnds = [];
  journal = createJournal({
    requests: storage.requests,
    now: () => time,
    onChange: () => undefined,
    onBadEnd: async (record) => void badEnds.push(record),
  });
});

afterEach(() => storage.close());

const error = { code: 4001, message: 'No.', data: { reason: 'USER_REJECTED', action: 'Ask later.' } };

describe('the journal', () => {
  it('stores a step before it gives it back, with the time', async () => {
    await journal.insert(prepareRequest());
    time = 1_234;
    await journal.advance('p', 'awaitingReview', (record) => ({ ...record, expiresAt: 9_999 }));
    expect(await storage.requests.get('p')).toMatchObject({
      state: 'awaitingReview',
      updatedAt: 1_234,
      expiresAt: 9_999,
    });
  });

  it('refuses a step that the state machine lacks and leaves the record alone', async () => {
    await journal.insert(prepareRequest());
    await expect(journal.advance('p', 'signed')).rejects.toMatchObject({ data: { reason: 'ILLEGAL_STEP' } });
    expect((await journal.get('p')).state).toBe('received');
  });

  it('lets one of two competing steps through', async () => {
    await journal.insert(prepareRequest({ state: 'awaitingReview' }));
    const outcomes = await Promise.allSettled([
      journal.advance('p', 'approved'),
      journal.advance('p', 'approved'),
      journal.end('p', 'rejected', error),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[2]).toMatchObject({ value: false });
    expect((await journal.get('p')).state).toBe('approved');
  });

  it('gives the stored record for a name that is taken', async () => {
    await journal.insert(useRequest());
    const { record, inserted } = await journal.insert(useRequest({ id: 'other' }));
    expect({ id: record.id, inserted }).toEqual({ id: 'u', inserted: false });
  });

  it('answers everybody who waits, now or later, once the record is over', async () => {
    await journal.insert(useRequest({ state: 'mined' }));
    const waiting = [journal.ended('u'), journal.ended('u')];
    await journal.advance('u', 'confirmed');
    expect((await Promise.all(waiting)).map(({ state }) => state)).toEqual(['confirmed', 'confirmed']);
    expect((await journal.ended('u')).state).toBe('confirmed');
  });

  it('cleans up after a bad end before anybody hears of it', async () => {
    await journal.insert(prepareRequest());
    const heard = journal.ended('p').then(() => badEnds.length);
    expect(await journal.end('p', 'rejected', error)).toBe(true);
    expect(await heard).toBe(1);
    expect(await journal.end('p', 'failed', error)).toBe(false);
    expect(badEnds).toHaveLength(1);
    expect(badEnds[0]).toMatchObject({ state: 'rejected', error });
  });

  it('forgets what was signed once a request is over', async () => {
    const submission = {
      hash: `0x${'11'.repeat(32)}`,
      body: '{"signature":"0x"}',
      upperBound: 2,
      operations: [],
    } as const;
    await journal.insert(useRequest({ state: 'mined', submission }));
    await journal.advance('u', 'confirmed');
    expect((await journal.get('u')).submission).toEqual({ ...submission, body: '' });
  });

  it('forgets what was signed when it may no longer be sent, and keeps its hash', async () => {
    const hash = `0x${'11'.repeat(32)}` as const;
    const submission = { hash, body: '{"signature":"0x"}', upperBound: 2, operations: [] };
    await journal.insert(useRequest({ state: 'signed', submission }));
    await journal.unsign('u');
    expect(await journal.get('u')).toMatchObject({ state: 'signed', submission: { hash, body: '' } });
  });

  it('prunes what ended long ago, not what is open and not what a grant came from', async () => {
    await journal.insert(useRequest({ id: 'old', requestId: 'old', state: 'confirmed', updatedAt: 10 }));
    await journal.insert(useRequest({ id: 'new', requestId: 'new', state: 'confirmed', updatedAt: 900 }));
    await journal.insert(useRequest({ id: 'open', requestId: 'open', state: 'signed', updatedAt: 10 }));
    const result = {
      ...{ requestId: 'p1', account, permissions: [], transactions: [] },
      outcome: 'executed' as const,
    };
    await journal.insert(
      prepareRequest({ state: 'confirmed', updatedAt: 10, result: { ...result, grantId: 'p' } }),
    );
    const none = { id: 'none', requestId: 'none', state: 'confirmed', updatedAt: 10, result } as const;
    await journal.insert(prepareRequest(none));
    await journal.prune(500);
    const left = await journal.ofOrigin('https://dapp.example');
    expect(left.map(({ id }) => id)).toEqual(['new', 'open', 'p']);
  });
});
