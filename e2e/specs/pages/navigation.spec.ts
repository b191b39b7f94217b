import { prepareRequest } from '../../flows/requests';
import { reviewOpenedBy } from '../../flows/review';
import { ask, begin, hold, isAnnounced } from '../hostile/inPage';
import { storedRequests } from '../hostile/stored';
import { expect, test } from '../hostile/wallet';

test('a request outlives the document that made it, and gives nothing to the next one', async ({
  wallet,
  devnet,
  openSite,
}) => {
  const { url, otherUrl } = await openSite();
  const page = await wallet.context.newPage();
  await page.goto(url);
  await hold(page);
  const request = prepareRequest(devnet, { requestId: 'left-behind' });
  const review = await reviewOpenedBy(wallet.context, () =>
    begin(page, 'asked', 'latchkey_prepare', [request]),
  );
  await page.goto(otherUrl);
  await hold(page);
  await review.approve();
  await expect
    .poll(async () => (await storedRequests(wallet.popup.page)).at(-1), { timeout: 60_000 })
    .toMatchObject({ requestId: 'left-behind', origin: url, state: 'confirmed' });
  expect(await ask(page, 'eth_accounts')).toEqual({ result: [] });
  expect(await ask(page, 'latchkey_getPermissions')).toEqual({ result: [] });
  expect(await ask(page, 'latchkey_getRequest', [{ requestId: 'left-behind' }])).toMatchObject({
    error: { code: 4100, data: { reason: 'UNKNOWN_REQUEST' } },
  });
  expect(await page.evaluate(() => window.heard)).toEqual([]);

  const sent = devnet.requests.length;
  await page.goto(`${url}/again`);
  await hold(page);
  expect(await ask(page, 'latchkey_prepare', [request])).toMatchObject({
    result: { requestId: 'left-behind', account: wallet.account, outcome: 'executed' },
  });
  expect(devnet.requests).toHaveLength(sent);
});

test('a reload attaches to the same review', async ({ wallet, devnet, openSite }) => {
  const { url } = await openSite();
  const page = await wallet.context.newPage();
  await page.goto(url);
  await hold(page);
  const params = [prepareRequest(devnet, { requestId: 'reloaded' })];
  const review = await reviewOpenedBy(wallet.context, () => begin(page, 'asked', 'latchkey_prepare', params));
  await page.reload();
  await hold(page);
  await begin(page, 'asked', 'latchkey_prepare', params);
  expect(await ask(page, 'latchkey_getRequest', [{ requestId: 'reloaded' }])).toMatchObject({
    result: { state: 'awaitingReview' },
  });
  await review.reject();
  expect(await page.evaluate(() => window.calls.asked)).toMatchObject({ error: { code: 4001 } });
  const stored = await storedRequests(wallet.popup.page);
  expect(stored.filter(({ origin }) => origin === url)).toHaveLength(1);
});

test('a document without an origin that turns into a web page is served from then on', async ({
  wallet,
  openSite,
}) => {
  const { url } = await openSite();
  const page = await wallet.context.newPage();
  await page.goto('about:blank');
  expect(await isAnnounced(page)).toBe(false);
  await page.goto(url);
  expect(await isAnnounced(page)).toBe(true);
});
