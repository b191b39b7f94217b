import { isAnnounced } from '../hostile/inPage';
import { expect, test } from '../hostile/wallet';

test('a private window is not served', async ({ wallet, openSite }) => {
  const { url } = await openSite();
  const usual = await wallet.context.newPage();
  await usual.goto(url);
  expect(await isAnnounced(usual)).toBe(true);
  const browser = wallet.context.browser();
  if (!browser) throw new Error('The browser is gone.');
  const hidden = await browser.newContext();
  const page = await hidden.newPage();
  await page.goto(url);
  expect(await isAnnounced(page)).toBe(false);
  expect(await wallet.worker.evaluate(() => chrome.extension.isAllowedIncognitoAccess())).toBe(false);
  await hidden.close();
});
