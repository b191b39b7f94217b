import type { CDPSession, Page } from '@playwright/test';
import { popupProcedures } from '../../../src/rpc/popup/procedures';
import { ask, hold } from './inPage';
import { storedRequests } from './stored';
import { expect, test, type Wallet } from './wallet';

/** Runs a script in the extension's own world of a page, as an attacker who took over the content script would. */
const contentWorld = async (
  { context, worker }: Wallet,
  page: Page,
): Promise<{ run: (script: string) => Promise<unknown>; devtools: CDPSession }> => {
  const devtools = await context.newCDPSession(page);
  const { host } = new URL(worker.url());
  const found = new Promise<number>((resolve) => {
    devtools.on('Runtime.executionContextCreated', ({ context }) => {
      if (context.origin === `chrome-extension://${host}`) resolve(context.id);
    });
  });
  await devtools.send('Runtime.enable');
  const contextId = await found;
  const run = async (expression: string): Promise<unknown> => {
    const { result } = await devtools.send('Runtime.evaluate', {
      ...{ contextId, expression, awaitPromise: true, returnByValue: true },
    });
    return result.value;
  };
  return { run, devtools };
};

/** Sends requests on a port of a name; gives the codes of the answers, or `closed`. */
const onPort = (name: string, methods: readonly string[]): string => `new Promise((resolve) => {
  const port = chrome.runtime.connect({ name: ${JSON.stringify(name)} });
  const answers = {};
  const methods = ${JSON.stringify(methods)};
  port.onDisconnect.addListener(() => resolve('closed'));
  port.onMessage.addListener((text) => {
    const { id, error } = JSON.parse(text);
    answers[id] = error ? error.code : 'answered';
    if (Object.keys(answers).length === methods.length) resolve(answers);
  });
  for (const method of methods)
    port.postMessage(JSON.stringify({ type: 'request', id: method, method, params: { confirm: 'delete all keys' } }));
})`;

const procedures = Object.keys(popupProcedures);
const refusedAll = Object.fromEntries(procedures.map((name) => [name, 4200]));

test('a page that calls procedures of the popup gets 4200', async ({ wallet, openSite }) => {
  const { url } = await openSite();
  const page = await wallet.context.newPage();
  await page.goto(url);
  await hold(page);
  for (const name of procedures) {
    expect(await ask(page, name, { confirm: 'delete all keys' })).toMatchObject({
      error: { code: 4200, isError: true, data: { reason: 'UNSUPPORTED_METHOD' } },
    });
  }
});

test('the content script itself can reach neither the popup, its procedures nor the storage', async ({
  wallet,
  openSite,
}) => {
  const { url } = await openSite();
  const page = await wallet.context.newPage();
  await page.goto(url);
  const before = await storedRequests(wallet.popup.page);
  const { run, devtools } = await contentWorld(wallet, page);
  expect(await run(onPort('latchkey.popup', procedures))).toBe('closed');
  expect(await run(onPort('latchkey.other', procedures))).toBe('closed');
  expect(await run(onPort('latchkey.dapp', procedures))).toEqual(refusedAll);
  const message = "chrome.runtime.sendMessage({ type: 'request', id: '1', method: 'getState' })";
  expect(await run(`${message}.then(() => 'answered', String)`)).toContain('Receiving end does not exist');
  expect(await run("chrome.storage.session.get().then(() => 'read', String)")).toContain('not allowed');
  expect(await run('chrome.storage.local.get().then((all) => Object.keys(all).length, String)')).toBe(0);
  expect(await run('indexedDB.databases().then((all) => all.length)')).toBe(0);
  await devtools.detach();
  expect(await storedRequests(wallet.popup.page)).toEqual(before);
  await expect(wallet.popup.part('account-address')).toContainText(wallet.account);
});

test('the content script can not speak for another origin', async ({ wallet, openSite }) => {
  const { url, otherUrl } = await openSite();
  const page = await wallet.context.newPage();
  await page.goto(url);
  const { run, devtools } = await contentWorld(wallet, page);
  const script = (more: string) => `new Promise((resolve) => {
    const port = chrome.runtime.connect({ name: 'latchkey.dapp' });
    port.onMessage.addListener((text) => resolve(JSON.parse(text).error.code));
    port.postMessage(JSON.stringify({ type: 'request', id: '1', method: 'eth_accounts', params: [], ${more} }));
  })`;
  expect(await run(script(`origin: '${otherUrl}'`))).toBe(-32602);
  expect(await run(script(`sender: { origin: '${otherUrl}' }`))).toBe(-32602);
  await devtools.detach();
});
