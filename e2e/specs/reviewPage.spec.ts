import type { BrowserContext, Page } from '@playwright/test';
import { type Extension, launchExtension } from '../browser';
import { dist, expect, test } from '../fixtures';
import { callProvider } from '../flows/provider';
import { openReview } from '../flows/review';
import { password, setUp } from '../flows/setUp';

const askAccounts = (page: Page) => callProvider(page, 'eth_requestAccounts');

const rejected = (reason: string) => ({ error: { code: 4001, data: { reason } } });

/** Gives an own page a window of its own, where it is in front. */
const intoOwnWindow = (own: Page): Promise<void> =>
  own.evaluate(async () => {
    const tab = await chrome.tabs.getCurrent();
    await chrome.windows.create({ ...(tab?.id !== undefined && { tabId: tab.id }) });
  });

type Display = { left: number; top: number; width: number; height: number };

/** The windows that aren't full browser windows, as the browser tells of them. */
const popupWindows = (own: Page): Promise<chrome.windows.Window[]> =>
  own.evaluate(() => chrome.windows.getAll({ windowTypes: ['popup'] }));

const isInside = (window: chrome.windows.Window, display: Display): boolean => {
  const { left = -1, top = -1, width = 0, height = 0 } = window;
  const right = display.left + display.width;
  const bottom = display.top + display.height;
  return left >= display.left && top >= display.top && left + width <= right && top + height <= bottom;
};

const putAll = (own: Page, state: 'minimized' | 'fullscreen'): Promise<void> =>
  own.evaluate(async (state) => {
    for (const { id } of await chrome.windows.getAll()) {
      if (id !== undefined) await chrome.windows.update(id, { state });
    }
  }, state);

/** A request gets one window, which is to be seen. */
const opensOneWindow = async ({ context }: Extension, own: Page, dapp: Page): Promise<void> => {
  const { review, answer } = await openReview(context, () => askAccounts(dapp));
  expect(await popupWindows(own)).toMatchObject([{ state: 'normal', focused: true }]);
  await review.reject();
  expect(await answer).toMatchObject(rejected('USER_REJECTED'));
};

/** A page of another site that asks for its first connection. */
const askElsewhere = async (context: BrowserContext) => {
  const page = await context.newPage();
  const url = 'https://elsewhere.example/';
  await page.route(url, (route) => route.fulfill({ contentType: 'text/html', body: '<title>Site</title>' }));
  await page.goto(url);
  return askAccounts(page);
};

test('an own page in front shows the request in the place of a window, and is back home afterwards', async ({
  extension: { context },
  ready: { popup, account },
  dapp,
}) => {
  await intoOwnWindow(popup.page);
  const pages = context.pages().length;
  const answer = askAccounts(dapp.page);
  await popup.approve();
  expect(await answer).toEqual({ result: [account] });
  await expect(popup.part('account-address')).toBeVisible();
  expect(context.pages()).toHaveLength(pages);
});

test('an own page that shows a review and is closed rejects it', async ({ ready: { popup }, dapp }) => {
  await intoOwnWindow(popup.page);
  const answer = askAccounts(dapp.page);
  await popup.part('review').waitFor();
  await popup.page.close();
  expect(await answer).toMatchObject(rejected('REVIEW_CLOSED'));
});

test('an own page that is led to another site while it shows a review rejects it', async ({
  extension: { context },
  ready: { popup },
  dapp,
}) => {
  await intoOwnWindow(popup.page);
  const answer = askAccounts(dapp.page);
  await popup.part('review').waitFor();
  await popup.page.goto(dapp.page.url());
  const next = await openReview(context, () => askElsewhere(context));
  expect(await answer).toMatchObject(rejected('REVIEW_CLOSED'));
  await next.review.reject();
  expect(await next.answer).toMatchObject(rejected('USER_REJECTED'));
});

test('an own page in front that is locked keeps what is typed and leads to the request', async ({
  extension: { context },
  ready: { popup, account },
  dapp,
}) => {
  await intoOwnWindow(popup.page);
  await popup.part('lock').click();
  await popup.part('unlock-password').fill(password);
  const pages = context.pages().length;
  const answer = askAccounts(dapp.page);
  await expect(popup.page).toHaveURL(/#\/review\//);
  await popup.part('unlock-submit').click();
  await popup.approve();
  expect(await answer).toEqual({ result: [account] });
  expect(context.pages()).toHaveLength(pages);
});

test('an own page with a form keeps it, and the request gets a window', async ({
  extension: { context },
  ready: { popup },
  dapp,
}) => {
  await intoOwnWindow(popup.page);
  await popup.part('open-settings').click();
  await popup.part('settings-node-url').fill('https://half.typ');
  const { review, answer } = await openReview(context, () => askAccounts(dapp.page));
  await review.reject();
  expect(await answer).toMatchObject(rejected('USER_REJECTED'));
  await expect(popup.part('settings-node-url')).toHaveValue('https://half.typ');
});

test('with every window minimised, a request opens one window that is not', async ({
  extension,
  ready: { popup },
  dapp,
}) => {
  await intoOwnWindow(popup.page);
  await putAll(popup.page, 'minimized');
  await opensOneWindow(extension, popup.page, dapp.page);
});

test('with four windows on the full screen, a request opens one window', async ({
  extension,
  ready: { popup },
  dapp,
}) => {
  for (let windows = 1; windows < 4; windows += 1) {
    await popup.page.evaluate((url) => chrome.windows.create({ url }), dapp.page.url());
  }
  await putAll(popup.page, 'fullscreen');
  await opensOneWindow(extension, popup.page, dapp.page);
});

test('a minimised review window comes back for the next request', async ({
  extension: { context },
  ready: { popup },
  dapp,
}) => {
  const { review, answer } = await openReview(context, () => askAccounts(dapp.page));
  const [window] = await popupWindows(popup.page);
  await popup.page.evaluate((id = -1) => chrome.windows.update(id, { state: 'minimized' }), window?.id);
  const elsewhere = askElsewhere(context);
  await expect.poll(() => popupWindows(popup.page)).toMatchObject([{ id: window?.id, state: 'normal' }]);
  await review.reject();
  expect(await answer).toMatchObject(rejected('USER_REJECTED'));
  await review.page.getByRole('button', { name: 'Next request' }).click();
  await review.approve();
  expect(await elsewhere).toHaveProperty('result');
});

test('wherever the asking window is, the review opens inside a display', async ({ devnet, dappServer }) => {
  const displays = [
    { left: 0, top: 0, width: 1600, height: 900 },
    { left: 1600, top: 0, width: 1024, height: 700 },
  ];
  const screens = displays.map(({ width, height }) => `{${width}x${height}}`).join('');
  const extension = await launchExtension({ dist, headless: true, screens });
  const { popup } = await setUp(extension, devnet);
  const dapp = await extension.context.newPage();
  await dapp.goto(dappServer.url);
  for (const [left, top] of [
    [1_500, 150],
    [1_000, 600],
    [2_300, 100],
    [-250, 300],
  ]) {
    await popup.page.evaluate(
      async ([left, top]) => {
        const { id = -1 } = await chrome.windows.getCurrent();
        await chrome.windows.update(id, { left, top, width: 600, height: 500 });
      },
      [left, top],
    );
    const { review, answer } = await openReview(extension.context, () => askAccounts(dapp));
    const [window, second] = await popupWindows(popup.page);
    expect(displays.some((display) => window && isInside(window, display))).toBe(true);
    expect(second).toBeUndefined();
    await review.page.close();
    expect(await answer).toMatchObject(rejected('REVIEW_CLOSED'));
  }
  await extension.close();
});
