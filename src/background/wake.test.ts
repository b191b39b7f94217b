import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHarness, password } from './testing/harness';

/** Making and opening a vault is slow on purpose. */
vi.setConfig({ testTimeout: 30_000 });

let background: Awaited<ReturnType<typeof createHarness>>;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  background = await createHarness({ fetch: () => Promise.reject(new TypeError('no network')) });
  await background.popup('createVault', { password });
  await background.popup('lock');
});

afterEach(() => {
  background.stop();
  expect(background.defects).toEqual([]);
});

const isWoken = () => background.wakes.at(-1);

describe('the alarm that wakes the worker', () => {
  it('is set while a request is open, and taken away once the last one has ended', async () => {
    const answer = background.dapp('https://dapp.example', 'eth_requestAccounts');
    await expect.poll(isWoken).toBe(true);
    await expect.poll(() => background.pages.open.size).toBe(1);
    await background.closeReview();
    await expect(answer).rejects.toMatchObject({ data: { reason: 'REVIEW_CLOSED' } });
    await expect.poll(isWoken).toBe(false);
  });
});
