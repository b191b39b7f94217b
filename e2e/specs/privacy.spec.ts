import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures';
import { granted } from '../flows/granted';
import { password } from '../flows/setUp';
import { PopupPage } from '../pages/PopupPage';

const expectHidden = async (page: Page): Promise<void> => {
  const fields = await page.locator('input[type="password"]').all();
  expect(fields.length).toBeGreaterThan(0);
  for (const field of fields) {
    await expect(field).toHaveAttribute('autocomplete', 'off');
    await expect(field).toHaveAttribute('spellcheck', 'false');
  }
};

/** Asks the background from the extension's own page, past its views. */
const askOwnPort = (page: Page, method: string, params: unknown): Promise<unknown> =>
  page.evaluate(
    ([method, params]) =>
      new Promise((resolve) => {
        const port = chrome.runtime.connect({ name: 'latchkey.popup' });
        port.onMessage.addListener((text: string) => {
          const message = JSON.parse(text) as { id?: string };
          if (message.id === 'asked') resolve(message);
        });
        port.postMessage(JSON.stringify({ type: 'request', id: 'asked', method, params }));
      }),
    [method, params],
  );

test('every password is typed into a field that hides it and completes nothing', async ({ extension }) => {
  const page = await extension.context.newPage();
  await page.goto(extension.popupUrl);
  const popup = new PopupPage(page);
  await expect(popup.part('create-password')).toBeVisible();
  await expectHidden(page);
  await popup.createVault(password);
  await popup.part('open-settings').click();
  await expect(popup.part('settings-node-url')).toBeVisible();
  await expectHidden(page);
  await page.goto(extension.popupUrl);
  await popup.part('lock').click();
  await expect(popup.part('unlock-password')).toBeVisible();
  await expectHidden(page);
});

test('a locked extension tells no site, address or permission, whatever its page asks', async ({
  extension,
  devnet,
  ready,
  dapp,
}) => {
  const { grantId } = await granted({ extension, devnet, dapp });
  if (grantId === undefined) throw new Error('A permission should be there.');
  const { page } = ready.popup;
  await page.goto(extension.popupUrl);
  await expect(page.locator('body')).toContainText(new URL(dapp.page.url()).host);
  await ready.popup.part('lock').click();
  for (const route of ['#/', `#/grant/${grantId}`, `#/review/${grantId}`, `#/result/${grantId}`]) {
    await page.goto(`${extension.popupUrl}${route}`);
    await page.reload();
    await expect(ready.popup.part('unlock-password')).toBeVisible();
    const shown = await page.locator('body').textContent();
    expect(shown).not.toContain(new URL(dapp.page.url()).host);
    expect(shown).not.toMatch(/0x[0-9a-fA-F]{4}/);
  }
  for (const [method, params] of [
    ['listGrants', undefined],
    ['getReview', { reviewId: grantId }],
    ['getRequest', { id: grantId }],
    ['getUsage', { grantId }],
  ] as const) {
    expect([method, await askOwnPort(page, method, params)]).toMatchObject([
      method,
      { error: { data: { reason: 'LOCKED' } } },
    ]);
  }
  expect(JSON.stringify(await askOwnPort(page, 'getState', undefined))).not.toMatch(/0x|http/);
});

test('a content script can not read what the session keeps', async ({ extension, ready, dapp }) => {
  expect(ready.account).toMatch(/^0x/);
  const devtools = await extension.context.newCDPSession(dapp.page);
  const contexts: { id: number; name: string }[] = [];
  devtools.on('Runtime.executionContextCreated', ({ context }) => contexts.push(context));
  await devtools.send('Runtime.enable');
  const own = contexts.find(({ name }) => name === 'Latchkey');
  if (own === undefined) throw new Error('The content script should run in a world of its own.');
  const tried = await devtools.send('Runtime.evaluate', {
    contextId: own.id,
    awaitPromise: true,
    returnByValue: true,
    expression: `chrome.storage.session.get(null).then((kept) => JSON.stringify(kept), (error) => 'refused: ' + error.message)`,
  });
  expect(tried.result.value).toMatch(/^refused: .*not allowed/i);
});
