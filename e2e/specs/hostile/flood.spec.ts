import type { Page } from '@playwright/test';
import type { Answer } from '../../flows/provider';
import { prepareRequest } from '../../flows/requests';
import { reviewOpenedBy } from '../../flows/review';
import { ask, begin, hold, outcome } from './inPage';
import { storedRequests, waitingRequests } from './stored';
import { expect, reviewWindows, test, type Wallet } from './wallet';

const openPage = async (wallet: Wallet, url: string): Promise<Page> => {
  const page = await wallet.context.newPage();
  await page.goto(url);
  await hold(page);
  return page;
};

/** Makes 100 calls in one turn of the page, each with its own `requestId` if they have one. */
const flood = (page: Page, method: string, params?: object): Promise<void> =>
  page.evaluate(
    ([method, params]) => {
      for (let index = 0; index < 100; index += 1) {
        const request = params && [{ ...(params as object), requestId: `flood-${index}` }];
        const call = window.held.request({ method: method as string, params: request });
        window.calls[`${index}`] = call.then(
          (result) => ({ result }),
          ({ code, message, data }) => ({ error: { code, message, data, isError: true } }),
        );
      }
    },
    [method, params],
  );

const outcomes = (page: Page): Promise<Answer[]> =>
  page.evaluate(() => Promise.all(Object.values(window.calls)));

/** The answers that came while the one that waits for the person is still open. */
const refusals = (page: Page): Promise<Answer[]> =>
  page.evaluate(async () => {
    const settled: Answer[] = [];
    for (const call of Object.values(window.calls)) void call.then((answer) => settled.push(answer));
    while (settled.length < 99) await new Promise((resolve) => requestAnimationFrame(resolve));
    return settled;
  });

test('100 grant requests at once open one review, and the rest are refused unseen', async ({
  wallet,
  devnet,
  openSite,
}) => {
  const { url, otherUrl } = await openSite();
  const page = await openPage(wallet, url);
  const { requestId: _id, ...request } = prepareRequest(devnet, { requestId: 'flood' });
  const review = await reviewOpenedBy(wallet.context, () => flood(page, 'latchkey_prepare', request));
  const refused = await refusals(page);
  expect(refused).toHaveLength(99);
  for (const answer of refused) {
    expect(answer).toMatchObject({ error: { code: -32002, data: { reason: 'REVIEW_PENDING' } } });
  }
  expect(reviewWindows(wallet)).toEqual([review.page]);
  const stored = await storedRequests(wallet.popup.page);
  expect(stored.filter(({ origin }) => origin === url)).toHaveLength(1);

  const other = await openPage(wallet, otherUrl);
  await begin(other, 'connect', 'eth_requestAccounts');
  await expect
    .poll(async () => (await waitingRequests(wallet.popup.page)).map(({ origin }) => origin))
    .toEqual([url, otherUrl]);
  expect(reviewWindows(wallet)).toEqual([review.page]);
});

test('100 connection requests at once are one review and one decision', async ({ wallet, openSite }) => {
  const { url } = await openSite();
  const page = await openPage(wallet, url);
  const review = await reviewOpenedBy(wallet.context, () => flood(page, 'eth_requestAccounts'));
  await review.reject();
  for (const answer of await outcomes(page)) expect(answer).toMatchObject({ error: { code: 4001 } });
  const stored = await storedRequests(wallet.popup.page);
  expect(stored.filter(({ origin }) => origin === url)).toHaveLength(1);
});

test('a site that asks again after each refusal is paused, and another site is not', async ({
  wallet,
  openSite,
}) => {
  const { url, otherUrl } = await openSite();
  const page = await openPage(wallet, url);
  for (const turn of [1, 2, 3, 4]) {
    const review = await reviewOpenedBy(wallet.context, () => begin(page, `${turn}`, 'eth_requestAccounts'));
    await review.page.close();
    expect(await outcome(page, `${turn}`)).toMatchObject({ error: { code: 4001 } });
  }
  expect(await ask(page, 'eth_requestAccounts')).toMatchObject({
    error: { code: -32002, isError: true, data: { reason: 'REJECTED_REPEATEDLY' } },
  });
  expect(reviewWindows(wallet)).toEqual([]);

  const other = await openPage(wallet, otherUrl);
  const review = await reviewOpenedBy(wallet.context, () => begin(other, 'connect', 'eth_requestAccounts'));
  await review.approve();
  expect(await outcome(other, 'connect')).toEqual({ result: [wallet.account] });
});

test('more calls than may wait are refused, and the next call works', async ({ wallet, openSite }) => {
  const { url } = await openSite();
  const page = await openPage(wallet, url);
  const codes = await page.evaluate(async () => {
    const calls = Array.from({ length: 1000 }, () =>
      window.held.request({ method: 'eth_accounts' }).then(
        () => 'answered',
        ({ code }) => code,
      ),
    );
    return [...new Set(await Promise.all(calls))];
  });
  expect(codes).toContain('answered');
  expect(codes.filter((code) => code !== 'answered' && code !== -32002)).toEqual([]);
  expect(await ask(page, 'eth_accounts')).toEqual({ result: [] });
});
