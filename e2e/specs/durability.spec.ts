import type { Page } from '@playwright/test';
import { startDapp } from '../../demo/dapp/server';
import { holdNext } from '../../devnet/holdNext';
import { expect, test } from '../fixtures';
import { firstChain } from '../flows/chain';
import { journalHas, lockStores } from '../flows/journal';
import { callProvider } from '../flows/provider';
import { prepareRequest } from '../flows/requests';
import { approveReview, openReview, openReviews, reviewOpenedBy } from '../flows/review';
import { type Lab, startLab } from '../lab';
import { evidenceOf } from '../matrix/evidence';
import { askToPrepare, askToUse, stopAt } from '../matrix/stages';
import { PopupPage } from '../pages/PopupPage';
import { killWorker } from '../worker';

let lab: Lab;
/** A page of another site. */
let other: Page;
let grantId: string;
let stopOther: () => Promise<void>;
let limit = 1_000n;

test.beforeAll(async ({ devnet, dappServer }) => {
  lab = await startLab(devnet, dappServer.url);
  const { chainId, rpcUrl, counter, permitToken: feeToken } = firstChain(devnet);
  const server = await startDapp({ config: { chainId, rpcUrl, counter, feeToken } });
  stopOther = server.stop;
  other = await lab.extension().context.newPage();
  await other.goto(server.url);
  const { answer } = await stopAt(lab, 'PREPARE', prepare('granted'), 'confirmed');
  grantId = ((await answer) as { result: { grantId: string } }).result.grantId;
  await closeReviews();
});

test.afterEach(() => closeReviews());

test.afterAll(async () => {
  await lab?.stop();
  await stopOther?.();
});

const reviews = (): Page[] => openReviews(lab.extension().context);

const closeReviews = async (): Promise<void> => {
  for (const page of reviews()) await page.close();
};

/** Asks for more than any permission before. */
const prepare = (requestId: string) => {
  limit += 1n;
  return askToPrepare(lab, requestId, limit);
};

const askForReview = (requestId: string) => {
  const asked = prepare(requestId);
  return openReview(lab.extension().context, asked.ask);
};

/** A request of the other site that waits for its review. */
const askElsewhere = async (requestId: string) => {
  limit += 1n;
  const request = prepareRequest(lab.devnet, { requestId, usageLimit: limit });
  const answer = callProvider(other, 'latchkey_prepare', [request]);
  const { origin } = new URL(other.url());
  await journalHas(lab.probe(), { origin, requestId, state: 'awaitingReview' });
  return { answer };
};

const stopWorker = () => killWorker(lab.extension().context, lab.dapp());

const hostOf = (page: Page): string => new URL(page.url()).host;

const nextRequest = (review: PopupPage) => review.page.getByRole('button', { name: 'Next request' });

test('the worker stops under a review: rejecting still answers the page', async () => {
  const { review, answer } = await askForReview('reject-after-stop');
  await stopWorker();
  await review.reject();
  expect(await answer).toMatchObject({ error: { code: 4001, data: { reason: 'USER_REJECTED' } } });
});

test('the worker stops under a review: closing it still answers the page', async () => {
  const { review, answer } = await askForReview('close-after-stop');
  await stopWorker();
  await review.page.close();
  expect(await answer).toMatchObject({ error: { code: 4001, data: { reason: 'REVIEW_CLOSED' } } });
});

test('the worker stops under a review: another request joins the same window', async () => {
  const { review, answer } = await askForReview('first-after-stop');
  await stopWorker();
  const second = await askElsewhere('second-after-stop');
  expect(reviews()).toHaveLength(1);
  await review.approve();
  expect(await answer).toHaveProperty('result.hash');
  await nextRequest(review).click();
  await expect(review.part('review')).toContainText(hostOf(other));
  await review.reject();
  expect(await second.answer).toMatchObject({ error: { code: 4001 } });
  expect(reviews()).toHaveLength(1);
});

test('a review stays on its request, and the next one can not be approved at once', async () => {
  const { review, answer } = await askForReview('stays');
  const shown = review.page.url();
  const second = await askElsewhere('comes-second');
  expect(review.page.url()).toBe(shown);
  await expect(review.part('review')).toContainText(hostOf(lab.dapp()));
  await review.approve();
  expect(await answer).toHaveProperty('result.hash');

  const disabled = review.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let appeared: number | undefined;
        new MutationObserver(() => {
          const button = document.querySelector('[data-testid=approve]');
          if (!(button instanceof HTMLButtonElement)) return;
          appeared ??= performance.now();
          if (!button.disabled) resolve(performance.now() - appeared);
        }).observe(document.body, { subtree: true, childList: true, attributes: true });
      }),
  );
  await nextRequest(review).click();
  await expect(review.part('review')).toContainText(hostOf(other));
  await review.approve();
  expect(await disabled).toBeGreaterThan(490);
  expect(await second.answer).toHaveProperty('result.hash');
});

test('a review that is loaded again after the decision has nothing to decide', async () => {
  const before = await evidenceOf(lab);
  const { review, answer } = await askForReview('decided');
  const address = review.page.url();
  await review.approve();
  await expect(review.part('result')).toBeVisible();
  await review.page.goto(address);
  await review.page.reload();
  await expect(review.part('result')).toBeVisible();
  await expect(review.part('approve')).toHaveCount(0);
  expect(await answer).toHaveProperty('result.hash');
  expect((await evidenceOf(lab)).submissions).toHaveLength(before.submissions.length + 1);
});

test('there is one review window, wholly on the screen, whatever else is open', async () => {
  const { context, popupUrl } = lab.extension();
  const own = await context.newPage();
  await own.goto(popupUrl);
  const inFront = await context.newPage();
  const { review, answer } = await askForReview('one-window');
  const second = await askElsewhere('one-window-too');
  expect(reviews()).toHaveLength(1);
  const place = await review.page.evaluate(() => ({
    left: screenX,
    top: screenY,
    right: screenX + outerWidth,
    width: screen.availWidth,
    height: screen.availHeight,
  }));
  expect(place.left).toBeGreaterThanOrEqual(0);
  expect(place.top).toBeGreaterThanOrEqual(0);
  expect(place.right).toBeLessThanOrEqual(place.width);
  expect(place.top).toBeLessThan(place.height);
  await review.page.close();
  expect(await answer).toMatchObject({ error: { code: 4001 } });
  await expect.poll(() => reviews().length).toBe(1);
  await approveReview(context);
  expect(await second.answer).toHaveProperty('result.hash');
  await Promise.all([own.close(), inFront.close()]);
});

test('a waking worker answers once it has loaded, as it did before', async () => {
  const reads = () =>
    Promise.all([
      callProvider(lab.dapp(), 'eth_accounts'),
      callProvider(lab.dapp(), 'latchkey_getPermissions'),
    ]);
  const before = await reads();
  const stores = ['requests', 'grants', 'ledger', 'connections', 'settings', 'vault', 'vaultKeys'] as const;
  const release = await lockStores(lab.probe(), ...stores);
  await stopWorker();
  let answered = false;
  const after = Promise.all([reads(), askToUse(lab, 'waking', grantId).ask()]).finally(() => {
    answered = true;
  });
  const popup = new PopupPage(await lab.extension().context.newPage());
  await popup.page.goto(lab.extension().popupUrl);
  await expect(popup.page.getByText('Opening…')).toBeVisible();
  expect(answered).toBe(false);
  await release();
  const [sameReads, used] = await after;
  expect(sameReads).toEqual(before);
  expect(used).toHaveProperty('result.hash');
  await expect(popup.part('open-settings')).toBeVisible();
  await popup.page.close();
});

test('the first call after the worker stopped works from twenty tabs, and runs once', async () => {
  const { context } = lab.extension();
  const before = await evidenceOf(lab);
  const warnings = new Map<Page, string[]>();
  const tabs = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const tab = await context.newPage();
      warnings.set(tab, []);
      tab.on('console', (message) => {
        if (message.type() !== 'log') warnings.get(tab)?.push(message.text());
      });
      await tab.goto(lab.dapp().url());
      await callProvider(tab, 'eth_accounts');
      return tab;
    }),
  );
  const accounts = await callProvider(lab.dapp(), 'eth_accounts');
  await stopWorker();
  const [used, ...seen] = await Promise.all([
    askToUse(lab, 'after-stop', grantId).ask(),
    ...tabs.map((tab) => callProvider(tab, 'eth_accounts')),
  ]);
  expect(used).toHaveProperty('result.hash');
  for (const answer of seen) expect(answer).toEqual(accounts);
  const after = await evidenceOf(lab);
  expect(after.submissions).toHaveLength(before.submissions.length + 1);
  expect(after.count).toBe(before.count + 1n);
  for (const texts of warnings.values()) expect(texts.length, texts.join('\n')).toBeLessThanOrEqual(1);
  await Promise.all(tabs.map((tab) => tab.close()));
});

test('the browser is killed with a review open, a use sent and a use unsent', async () => {
  const before = await evidenceOf(lab);
  const { origin } = lab;
  const sent = askToUse(lab, 'sent', grantId);
  const unsent = askToUse(lab, 'unsent', grantId);
  const grants = await callProvider(lab.dapp(), 'latchkey_getPermissions');

  const reached = holdNext(lab.devnet, 'exec');
  sent.ask().catch(() => undefined);
  await reached.reached;
  const stopped = await stopAt(lab, 'USE', unsent, 'signed, unsent');
  const pending = prepare('pending');
  await reviewOpenedBy(lab.extension().context, async () => {
    pending.ask().catch(() => undefined);
  });
  await lab.restart();
  reached.release();
  await stopped.letGo('browser');

  await journalHas(lab.probe(), { origin, requestId: 'sent', state: 'confirmed' });
  await journalHas(lab.probe(), { origin, requestId: 'unsent', state: 'failed' });
  await journalHas(lab.probe(), { origin, requestId: 'pending', state: 'rejected' });
  expect(reviews()).toEqual([]);
  expect(await callProvider(lab.dapp(), 'latchkey_getPermissions')).toEqual(grants);
  expect(await askToUse(lab, 'while-locked', grantId).ask()).toMatchObject({
    error: { code: 4100, data: { reason: 'LOCKED' } },
  });
  await lab.unlock();
  for (const requestId of ['sent', 'unsent', 'pending']) {
    const state = { sent: 'confirmed', unsent: 'failed', pending: 'rejected' }[requestId];
    expect(await callProvider(lab.dapp(), 'latchkey_getRequest', [{ requestId }])).toMatchObject({
      result: { state },
    });
  }
  const after = await evidenceOf(lab);
  expect(after.submissions).toHaveLength(before.submissions.length + 1);
  expect(after.count).toBe(before.count + 1n);
});
