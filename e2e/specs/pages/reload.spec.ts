import type { BrowserContext } from '@playwright/test';
import { expect, test } from '../../fixtures';
import { ask, begin, hold, outcome } from '../hostile/inPage';
import { startSite } from '../hostile/site';

/** Reloads the extension as its card on the browser's own page does; an update has the same effect on open pages. */
const reloadExtension = async (context: BrowserContext, id: string): Promise<void> => {
  const page = await context.newPage();
  await page.goto('chrome://extensions');
  await page.evaluate(`(async () => {
    await chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true });
    await chrome.developerPrivate.reload('${id}', { failQuietly: false });
  })()`);
  await page.close();
};

test('a page that was open when the extension was reloaded gets 4900, and is served again after its own reload', async ({
  extension,
}) => {
  const { context, worker } = extension;
  const site = await startSite();
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(site.url);
  await hold(page);
  expect(await ask(page, 'eth_accounts')).toEqual({ result: [] });
  const disconnected = page.evaluate(
    () =>
      new Promise((resolve) => {
        window.held.on('disconnect', (error) => {
          resolve([error instanceof Error, Reflect.get(Object(error), 'code')]);
        });
      }),
  );
  await begin(page, 'pending', 'eth_requestAccounts');
  expect(await ask(page, 'eth_accounts')).toEqual({ result: [] });
  await reloadExtension(context, new URL(worker.url()).host);

  const gone = {
    error: {
      ...{ code: 4900, isError: true, message: expect.stringMatching(/\S+ \S+/) },
      data: { reason: 'EXTENSION_RELOADED', action: 'Reload the page.' },
    },
  };
  expect(await outcome(page, 'pending')).toEqual(gone);
  expect(await ask(page, 'eth_accounts')).toEqual(gone);
  expect(await disconnected).toEqual([true, 4900]);
  await page.reload();
  await hold(page);
  expect(await ask(page, 'eth_accounts')).toEqual({ result: [] });
  expect(problems).toEqual([]);
  await site.stop();
});
