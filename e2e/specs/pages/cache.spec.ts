import type { Page } from '@playwright/test';
import { approveReview, reviewOpenedBy } from '../../flows/review';
import { ask, begin, hold, outcome } from '../hostile/inPage';
import { storedRequests } from '../hostile/stored';
import { expect, reviewWindows, test } from '../hostile/wallet';

/** Goes back to a page that was kept in the back/forward cache. */
const goBack = async (page: Page): Promise<void> => {
  await page.goBack({ waitUntil: 'commit' });
  await expect.poll(() => page.evaluate(() => window.persisted)).toBe(true);
};

const heardBy = (page: Page): Promise<unknown[]> => page.evaluate(() => window.heard);

test('a page that comes back from the cache is answered and told what it missed, once', async ({
  wallet,
  openSite,
}) => {
  const { url, otherUrl } = await openSite();
  const problems: string[] = [];
  const page = await wallet.context.newPage();
  page.on('console', (message) => problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(url);
  await hold(page);
  expect(await ask(page, 'eth_accounts')).toEqual({ result: [] });
  await page.goto(`${otherUrl}/elsewhere`);

  const second = await wallet.context.newPage();
  await second.goto(url);
  await hold(second);
  await reviewOpenedBy(wallet.context, () => begin(second, 'connect', 'eth_requestAccounts'));
  await approveReview(wallet.context);
  expect(await outcome(second, 'connect')).toEqual({ result: [wallet.account] });
  await second.close();

  await goBack(page);
  await expect.poll(() => heardBy(page)).toEqual([[wallet.account]]);
  expect(await ask(page, 'eth_accounts')).toEqual({ result: [wallet.account] });
  expect(await ask(page, 'latchkey_getPermissions')).toEqual({ result: [] });
  expect(await heardBy(page)).toEqual([[wallet.account]]);
  expect(problems).toEqual([]);
});

test('a page that goes to the cache and comes back, again and again, keeps its one review', async ({
  wallet,
  openSite,
}) => {
  const { url, otherUrl } = await openSite();
  const page = await wallet.context.newPage();
  await page.goto(url);
  await hold(page);
  const review = await reviewOpenedBy(wallet.context, () => begin(page, 'first', 'eth_requestAccounts'));
  for (const name of ['second', 'third']) {
    await page.goto(otherUrl);
    await goBack(page);
    await begin(page, name, 'eth_requestAccounts');
    expect(await ask(page, 'eth_accounts')).toEqual({ result: [] });
  }
  expect(reviewWindows(wallet)).toEqual([review.page]);
  const asked = await storedRequests(wallet.popup.page);
  expect(asked.filter(({ origin }) => origin === url)).toHaveLength(1);
  await review.approve();
  for (const name of ['first', 'second', 'third']) {
    expect(await outcome(page, name)).toEqual({ result: [wallet.account] });
  }
});

test('a request that was rejected while its page was in the cache stays rejected', async ({
  wallet,
  openSite,
}) => {
  const { url, otherUrl } = await openSite();
  const page = await wallet.context.newPage();
  await page.goto(url);
  await hold(page);
  const review = await reviewOpenedBy(wallet.context, () => begin(page, 'asked', 'eth_requestAccounts'));
  await page.goto(otherUrl);
  await review.reject();
  await expect.poll(async () => (await storedRequests(wallet.popup.page)).at(-1)?.state).toBe('rejected');
  await goBack(page);
  expect(await outcome(page, 'asked')).toMatchObject({ error: { code: 4001, isError: true } });
  expect((await storedRequests(wallet.popup.page)).filter(({ origin }) => origin === url)).toHaveLength(1);
});
