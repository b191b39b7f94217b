import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PrepareReview } from '../../rpc/popup/review';
import { openStorage, type Storage } from '../../storage/index';
import { createJournal, type Journal } from '../journal/journal';
import { createMutex } from '../journal/mutex';
import { createFakeMemory, createFakePages } from '../testing/browserFakes';
import { account, connectRequest, plan, prepareRequest, revokeRequest, token } from '../testing/records';
import { type Approvals, createApprovals } from './approvals';
import { createReviewPage } from './reviewPage';

let storage: Storage;
let journal: Journal;
let approvals: Approvals;
let pages: ReturnType<typeof createFakePages>;
let memory: ReturnType<typeof createFakeMemory>;
let time: number;
let unlocked: boolean;

const boot = () => {
  const page = createReviewPage({ host: pages.host, memory: memory.area });
  return createApprovals({
    ...{ journal, page, mutex: createMutex(), now: () => time, isUnlocked: async () => unlocked },
  });
};

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  storage = await openStorage();
  time = 1_000;
  unlocked = true;
  pages = createFakePages();
  memory = createFakeMemory();
  journal = createJournal({
    requests: storage.requests,
    now: () => time,
    onChange: () => undefined,
    onBadEnd: async () => undefined,
  });
  approvals = boot();
});

afterEach(() => storage.close());

const amount = { token, chainId: 8453, amount: 1n };
const view: Omit<PrepareReview, 'digest'> = {
  ...{
    id: 'p',
    kind: 'prepare',
    origin: 'https://dapp.example',
    account,
    createdAt: 1_000,
    expiresAt: 2_000,
  },
  ...{ permissions: [], chains: [], instructions: [], cleanUps: [], delegations: [], exposure: [] },
  ...{ quoteType: 'simple', batched: true, bounds: {}, dangers: [] },
  ...{ fee: { estimate: amount, max: amount }, feeBudget: amount },
};

const ask = async () => {
  await journal.insert(prepareRequest());
  await approvals.askPrepare('p', view, plan);
  const { digest } = await journal.get('p');
  if (!digest) throw new TypeError('The review has no digest.');
  return { reviewId: 'p', digest };
};

const askConnect = async (id: string) => {
  const origin = `https://${id}.example`;
  await journal.insert(connectRequest({ id, origin, requestId: id }));
  await approvals.askConnect(id, {
    id,
    kind: 'connect',
    origin,
    account,
    createdAt: 1_000,
    expiresAt: 2_000,
  });
};

const stateOf = async (id: string) => (await journal.get(id)).state;
const other = `0x${'11'.repeat(32)}` as const;

describe('a review', () => {
  it('is stored with its plan and shown in the page of reviews', async () => {
    const { digest } = await ask();
    expect(await journal.get('p')).toMatchObject({
      state: 'awaitingReview',
      plan,
      review: { ...view, digest },
    });
    expect(pages.routes).toEqual(['/review/p']);
  });

  it('is approved by its own digest only', async () => {
    const decision = await ask();
    for (const decide of [approvals.approve, approvals.reject]) {
      await expect(decide({ ...decision, digest: other })).rejects.toMatchObject({
        data: { reason: 'REVIEW_CHANGED' },
      });
    }
    expect(await stateOf('p')).toBe('awaitingReview');
    time = 1_500;
    expect(await approvals.approve(decision)).toBe(true);
    expect(await journal.get('p')).toMatchObject({ state: 'approved', expiresAt: 2_100 });
  });

  it('whose stored plan was changed behind its back is refused', async () => {
    const decision = await ask();
    await journal.note('p', (record) =>
      record.kind === 'prepare' ? { ...record, plan: { ...plan, feeMax: plan.feeMax * 2n } } : record,
    );
    await expect(approvals.approve(decision)).rejects.toMatchObject({ data: { reason: 'REVIEW_CHANGED' } });
    expect(await stateOf('p')).toBe('awaitingReview');
  });

  it('is decided once: the first decision counts', async () => {
    const decision = await ask();
    const decided = await Promise.all([
      approvals.approve(decision),
      approvals.approve(decision),
      approvals.reject(decision),
    ]);
    expect(decided.filter(Boolean)).toHaveLength(1);
    expect(await stateOf('p')).toBe('approved');
    expect(await boot().approve(decision)).toBe(false);
  });

  it('that waited too long can not be approved any more', async () => {
    const decision = await ask();
    time = 2_000;
    expect(await approvals.approve(decision)).toBe(false);
    expect(await journal.get('p')).toMatchObject({
      state: 'expired',
      error: { code: 4001, data: { reason: 'REVIEW_EXPIRED' } },
    });
  });
});

describe('reviews side by side', () => {
  it('are rejected one at a time, and the others can still be approved', async () => {
    const decision = await ask();
    await askConnect('b');
    await askConnect('c');
    expect(await approvals.reject(decision)).toBe(true);
    expect(await Promise.all(['p', 'b', 'c'].map(stateOf))).toEqual([
      'rejected',
      'awaitingReview',
      'awaitingReview',
    ]);
    const { digest } = await journal.get('b');
    expect(await approvals.approve({ reviewId: 'b', digest: digest ?? other })).toBe(true);
    expect(await stateOf('c')).toBe('awaitingReview');
  });

  it('are never decided by what was shown of another one', async () => {
    const { digest } = await ask();
    await askConnect('b');
    await expect(approvals.approve({ reviewId: 'b', digest })).rejects.toMatchObject({
      data: { reason: 'REVIEW_CHANGED' },
    });
    expect(await Promise.all(['p', 'b'].map(stateOf))).toEqual(['awaitingReview', 'awaitingReview']);
  });
});

describe('the page', () => {
  it('is one for all reviews', async () => {
    await ask();
    await askConnect('b');
    expect(pages.routes).toEqual(['/review/p']);
    expect(pages.focused).toEqual([1]);
  });

  it('that is closed rejects the review on its screen and shows the next one', async () => {
    await ask();
    await askConnect('b');
    await askConnect('c');
    await approvals.saw('b');
    pages.open.clear();
    expect(await approvals.tabClosed(1)).toEqual(['b']);
    expect(await journal.get('b')).toMatchObject({
      state: 'rejected',
      error: { code: 4001, data: { reason: 'REVIEW_CLOSED' } },
    });
    expect(await Promise.all(['p', 'c'].map(stateOf))).toEqual(['awaitingReview', 'awaitingReview']);
    expect(pages.routes).toEqual(['/review/p', '/review/p']);
  });

  it('that is closed after a decision rejects nothing', async () => {
    const decision = await ask();
    await approvals.saw('p');
    await approvals.approve(decision);
    await askConnect('b');
    pages.open.clear();
    expect(await approvals.tabClosed(1)).toEqual([]);
    expect(await stateOf('b')).toBe('awaitingReview');
    expect(pages.routes.at(-1)).toBe('/review/b');
  });

  it('of somebody else does not matter', async () => {
    await ask();
    expect(await approvals.tabClosed(77)).toEqual([]);
    expect(await stateOf('p')).toBe('awaitingReview');
  });

  it('that is there when the worker wakes is left alone', async () => {
    await ask();
    await boot().show({ focus: false });
    expect(pages.routes).toHaveLength(1);
    expect(pages.focused).toEqual([]);
  });

  it('that is gone when the worker wakes was closed, whether or not the browser tells', async () => {
    await ask();
    await approvals.saw('p');
    await askConnect('b');
    pages.open.clear();
    const woken = boot();
    await woken.show({ focus: false });
    expect(await journal.get('p')).toMatchObject({
      state: 'rejected',
      error: { data: { reason: 'REVIEW_CLOSED' } },
    });
    expect(pages.routes).toEqual(['/review/p', '/review/b']);
    expect(await woken.tabClosed(1)).toEqual([]);
    expect(await stateOf('b')).toBe('awaitingReview');
  });

  it('that the person led elsewhere is left alone until there is something new to show', async () => {
    await ask();
    pages.left.add(1);
    await approvals.show({ focus: false });
    expect(pages.routes).toEqual(['/review/p']);
    await askConnect('b');
    expect(pages.routes).toEqual(['/review/p', '/review/p']);
    expect(pages.focused).toEqual([]);
  });

  it('shows the unlock while locked; closing it rejects what waits for it', async () => {
    unlocked = false;
    await journal.insert(prepareRequest());
    await journal.insert(connectRequest({ origin: 'https://b.example' }));
    await approvals.show();
    expect(pages.routes).toEqual(['/review/p']);
    expect([...(await approvals.tabClosed(1))].sort()).toEqual(['c', 'p']);
    expect(await stateOf('p')).toBe('rejected');
  });

  it('is not opened for what is still being planned', async () => {
    await journal.insert(prepareRequest());
    await approvals.show();
    expect(pages.routes).toEqual([]);
  });
});

describe('everything that waits', () => {
  it('is rejected by a lock, and nothing else is', async () => {
    await ask();
    await askConnect('b');
    await journal.insert(prepareRequest({ id: 'busy', requestId: 'busy', state: 'signed' }));
    expect([...(await approvals.rejectAll('locked'))].sort()).toEqual(['b', 'p']);
    expect(await journal.get('p')).toMatchObject({ error: { code: 4001, data: { reason: 'LOCKED' } } });
    expect(await stateOf('busy')).toBe('signed');
  });

  it('ends with the pages that asked for it, and with those of its own site only', async () => {
    await ask();
    await askConnect('b');
    await journal.insert(revokeRequest());
    expect(await approvals.waitingOrigins()).toEqual(['https://dapp.example', 'https://b.example']);
    expect(await approvals.rejectLeft('https://dapp.example')).toEqual(['p']);
    expect(await journal.get('p')).toMatchObject({
      state: 'rejected',
      error: { code: 4001, data: { reason: 'PAGE_CLOSED' } },
    });
    expect(await Promise.all(['b', 'r'].map(stateOf))).toEqual(['awaitingReview', 'received']);
  });

  it('expires at its own time', async () => {
    await ask();
    await journal.insert(connectRequest({ expiresAt: 1_500 }));
    time = 1_500;
    expect(await approvals.expire()).toEqual(['c']);
    expect(await stateOf('p')).toBe('awaitingReview');
  });
});
