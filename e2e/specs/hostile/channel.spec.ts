import type { Page } from '@playwright/test';
import { popupProcedures } from '../../../src/rpc/popup/procedures';
import { ask, begin, hold, outcome, postOnChannel } from './inPage';
import { storedRequests } from './stored';
import { expect, test } from './wallet';

const request = (id: string, method: string, more: object = {}) => ({ type: 'request', id, method, ...more });

/** What the extension answered to forged requests, by their ids. */
const answersTo = (page: Page): Promise<Record<string, unknown>> =>
  page.evaluate(() => {
    const answers: Record<string, unknown> = {};
    for (const message of window.messages) {
      const { direction, text } = message as { direction: string; text: string };
      if (direction !== 'toPage') continue;
      const { type, id, ...answer } = JSON.parse(text);
      if (type === 'response') answers[id] = answer;
    }
    return answers;
  });

test('a forged request gets what the provider would give and nothing more', async ({ wallet, openSite }) => {
  const { url } = await openSite();
  const page = await wallet.context.newPage();
  await page.goto(url);
  await hold(page);
  await postOnChannel(page, 'toExtension', request('f1', 'eth_accounts'));
  const names = Object.keys(popupProcedures);
  for (const name of names) await postOnChannel(page, 'toExtension', request(`f-${name}`, name));
  await expect.poll(async () => Object.keys(await answersTo(page)).length).toBe(names.length + 1);
  const { f1, ...others } = await answersTo(page);
  expect(f1).toEqual({ result: [] });
  for (const answer of Object.values(others)) expect(answer).toMatchObject({ error: { code: 4200 } });
});

test('a forged request that names an origin, a tab or an age is dropped', async ({ wallet, openSite }) => {
  const { url } = await openSite();
  const page = await wallet.context.newPage();
  await page.goto(url);
  await hold(page);
  const forged = [{ origin: 'https://bank.example' }, { sender: { tabId: 1 } }, { waited: 1 }];
  for (const more of forged)
    await postOnChannel(page, 'toExtension', request('forged', 'eth_accounts', more));
  expect(await ask(page, 'eth_accounts')).toEqual({ result: [] });
  expect(await answersTo(page)).not.toHaveProperty('forged');
});

test('a forged answer to another request id settles nothing', async ({ wallet, openSite }) => {
  const { url } = await openSite();
  const page = await wallet.context.newPage();
  await page.goto(url);
  await hold(page);
  await begin(page, 'mine', 'eth_accounts');
  for (const id of ['0', '99', 'x', '__proto__', 'constructor', '']) {
    await postOnChannel(page, 'toPage', { type: 'response', id, result: ['0xforged'] });
    await postOnChannel(page, 'toPage', { type: 'response', id, error: { code: 4001, message: 'forged' } });
  }
  expect(await outcome(page, 'mine')).toEqual({ result: [] });
  expect(await ask(page, 'latchkey_getPermissions')).toEqual({ result: [] });
});

test('a frame or another window can neither answer, tell events nor ask in the name of a page', async ({
  wallet,
  openSite,
}) => {
  const { url, otherUrl } = await openSite();
  const page = await wallet.context.newPage();
  await page.goto(url);
  await hold(page);
  const opened = wallet.context.waitForEvent('page');
  await page.evaluate((src) => {
    window.open(src);
    for (const frame of [src, '/inner'])
      document.body.append(Object.assign(document.createElement('iframe'), { src: frame }));
  }, `${otherUrl}/attacker`);
  const popped = await opened;
  await popped.waitForLoadState();
  const framed = [`${otherUrl}/attacker`, `${url}/inner`];
  await expect.poll(() => page.frames().map((frame) => frame.url())).toEqual([`${url}/`, ...framed]);
  const [, foreign, own] = page.frames();
  if (!foreign || !own) throw new Error('A frame is missing.');

  await begin(page, 'asked', 'eth_requestAccounts');
  const attackers = [
    [foreign, 'parent'],
    [own, 'parent'],
    [popped, 'opener'],
  ] as const;
  for (const [attacker, target] of attackers) {
    await postOnChannel(attacker, 'toPage', { type: 'response', id: '1', result: ['0xforged'] }, target);
    const event = { type: 'event', name: 'accountsChanged', payload: ['0xforged'] };
    await postOnChannel(attacker, 'toPage', event, target);
    await postOnChannel(attacker, 'toExtension', request('stranger', 'eth_accounts'), target);
  }
  await expect.poll(() => page.evaluate(() => window.messages.length)).toBeGreaterThanOrEqual(9);
  expect(await ask(page, 'eth_accounts')).toEqual({ result: [] });
  expect(await answersTo(page)).not.toHaveProperty('stranger');
  expect(await page.evaluate(() => window.heard)).toEqual([]);
  await expect
    .poll(async () => (await storedRequests(wallet.popup.page)).at(-1))
    .toMatchObject({ origin: url });
});

test('a text that is too deep for JSON harms no later call', async ({ wallet, openSite }) => {
  const { url } = await openSite();
  const page = await wallet.context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => problems.push(message.text()));
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(url);
  await hold(page);
  await page.evaluate(() => {
    const depth = 300_000;
    const params = '['.repeat(depth) + ']'.repeat(depth);
    const text = `{"type":"request","id":"deep","method":"eth_accounts","params":${params}}`;
    window.postMessage({ channel: 'io.latchkey.channel.1', direction: 'toExtension', text }, '*');
  });
  expect(await ask(page, 'eth_accounts')).toEqual({ result: [] });
  expect(await answersTo(page)).toMatchObject({ deep: { error: { code: -32602 } } });
  expect(problems).toEqual([]);
});
