import type { Page } from '@playwright/test';
import { expect, test } from '../../fixtures';
import { approveReview, reviewOpenedBy } from '../../flows/review';
import { ask, begin, hold, outcome } from '../hostile/inPage';
import { startSite } from '../hostile/site';

const heardBy = async (page: Page): Promise<unknown[]> => {
  await ask(page, 'eth_accounts');
  return page.evaluate(() => window.heard);
};

/** Calls a procedure of the background from the wallet's own page. */
const callBackground = (popup: Page, method: string, params: unknown): Promise<unknown> =>
  popup.evaluate(
    ([method, params]) =>
      new Promise((resolve) => {
        const port = chrome.runtime.connect({ name: 'latchkey.popup' });
        port.onMessage.addListener((text) => {
          const message = JSON.parse(String(text));
          if (message.type === 'response') resolve(message);
        });
        port.postMessage(JSON.stringify({ type: 'request', id: '1', method, params }));
      }),
    [method, params],
  );

test('every tab of a connected origin hears of its accounts once, and no other tab does', async ({
  extension,
  ready,
}) => {
  const { account, popup } = ready;
  const site = await startSite();
  const open = async (url: string): Promise<Page> => {
    const page = await extension.context.newPage();
    await page.goto(url);
    await hold(page);
    await ask(page, 'eth_accounts');
    return page;
  };
  const [first, second, stranger] = [await open(site.url), await open(site.url), await open(site.otherUrl)];
  await reviewOpenedBy(extension.context, () => begin(first, 'connect', 'eth_requestAccounts'));
  await approveReview(extension.context);
  expect(await outcome(first, 'connect')).toEqual({ result: [account] });
  expect(await heardBy(first)).toEqual([[account]]);
  expect(await heardBy(second)).toEqual([[account]]);
  expect(await heardBy(stranger)).toEqual([]);
  expect(await ask(stranger, 'eth_accounts')).toEqual({ result: [] });

  await second.goto(`${site.otherUrl}/moved`);
  await hold(second);
  await ask(second, 'eth_accounts');
  const reset = await callBackground(popup.page, 'resetVault', { confirm: 'delete all keys' });
  expect(reset).toHaveProperty('result');
  expect(await heardBy(first)).toEqual([[account], []]);
  expect(await heardBy(second)).toEqual([]);
  expect(await heardBy(stranger)).toEqual([]);
  await site.stop();
});
