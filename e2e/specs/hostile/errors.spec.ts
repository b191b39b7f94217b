import type { Page } from '@playwright/test';
import { prepareRequest, useRequest } from '../../flows/requests';
import { reviewOpenedBy } from '../../flows/review';
import { password } from '../../flows/setUp';
import type { PopupPage } from '../../pages/PopupPage';
import { killWorker } from '../../worker';
import { begin, hold } from './inPage';
import { expect, test, type Wallet } from './wallet';

type Thrown = { isError: boolean; typeOfCode: string; code: number; message: string; json: string };

/** What the page caught, as its own script sees it. */
const thrown = (page: Page, name: string): Promise<Thrown> =>
  page.evaluate(async (name) => {
    const answer = await window.calls[name];
    if (!answer || !('error' in answer)) throw new Error(`Not refused: ${JSON.stringify(answer)}`);
    const { code, message, data, isError } = answer.error;
    return {
      ...{ isError, typeOfCode: typeof code, code: code as number },
      ...{ message: String(message), json: JSON.stringify(data) },
    };
  }, name);

/** A real Error with a number as code, words, and data that survives JSON and names the reason and what to do. */
const expectError = async (page: Page, name: string, code: number, reason: string): Promise<void> => {
  const { json, ...error } = await thrown(page, name);
  expect(error).toEqual({
    ...{ isError: true, typeOfCode: 'number', code },
    message: expect.stringMatching(/\S+ \S+/),
  });
  expect(JSON.parse(json)).toMatchObject({ reason, action: expect.stringMatching(/\S+ \S+/) });
  expect(json).not.toMatch(new RegExp(`${password}|0x[0-9a-f]{64}`));
};

/** Lets the stored request's time run out, and has the worker start anew, which looks for such requests. */
const runOut = async ({ context, popup }: Wallet, page: Page, requestId: string): Promise<void> => {
  await popup.page.evaluate(async (requestId) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('latchkey');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const transaction = db.transaction('requests', 'readwrite');
    const store = transaction.objectStore('requests');
    const rows = store.getAll();
    await new Promise<void>((resolve) => {
      rows.onsuccess = () => {
        for (const row of rows.result) {
          if (row.record.requestId !== requestId) continue;
          row.record.expiresAt = 1;
          store.put(row);
        }
      };
      transaction.oncomplete = () => resolve();
    });
    db.close();
  }, requestId);
  await killWorker(context, page);
};

const ways: Record<
  string,
  { reason: string; refuse: (review: PopupPage, wallet: Wallet, page: Page) => Promise<void> }
> = {
  'by the button': { reason: 'USER_REJECTED', refuse: (review) => review.reject() },
  'by closing the window': { reason: 'REVIEW_CLOSED', refuse: (review) => review.page.close() },
  'by locking': {
    reason: 'LOCKED',
    refuse: async (_review, { popup }) => {
      await popup.part('lock').click();
      await popup.unlock(password);
    },
  },
  'by letting the time run out': {
    reason: 'REVIEW_EXPIRED',
    refuse: (_review, wallet, page) => runOut(wallet, page, 'refused'),
  },
};

for (const [way, { reason, refuse }] of Object.entries(ways)) {
  test(`a review that is refused ${way} is an Error with code 4001 in the page`, async ({
    wallet,
    devnet,
    openSite,
  }) => {
    const { url } = await openSite();
    const page = await wallet.context.newPage();
    await page.goto(url);
    await hold(page);
    const params = [prepareRequest(devnet, { requestId: 'refused' })];
    const review = await reviewOpenedBy(wallet.context, () =>
      begin(page, 'call', 'latchkey_prepare', params),
    );
    await refuse(review, wallet, page);
    await expectError(page, 'call', 4001, reason);
  });
}

test('every other refusal is an Error with its code, too', async ({ wallet, devnet, openSite }) => {
  const { url } = await openSite();
  const page = await wallet.context.newPage();
  await page.goto(url);
  await hold(page);
  const use = useRequest(devnet, 'not-granted', { to: wallet.account, data: '0x12345678' });
  const unknownChain = { ...use, instructions: [{ ...use.instructions[0], chainId: 424242 }] };
  const calls: [string, unknown, number, string][] = [
    ['latchkey_use', [use], 4100, 'UNKNOWN_GRANT'],
    ['latchkey_getRequest', [{ requestId: 'none' }], 4100, 'UNKNOWN_REQUEST'],
    ['latchkey_use', [unknownChain], 5710, 'UNSUPPORTED_CHAIN'],
    ['latchkey_use', [{}], -32602, 'INVALID_PARAMS'],
    ['personal_sign', [], 4200, 'UNSUPPORTED_METHOD'],
  ];
  for (const [method, params, code, reason] of calls) {
    await begin(page, 'call', method, params);
    await expectError(page, 'call', code, reason);
  }
});
