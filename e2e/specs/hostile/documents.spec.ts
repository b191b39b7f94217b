import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Frame, Page } from '@playwright/test';
import { reviewOpenedBy } from '../../flows/review';
import { ask, begin, hold, isAnnounced, outcome, postOnChannel } from './inPage';
import type { Site } from './site';
import { connectedOrigins, storedRequests } from './stored';
import { expect, reviewWindows, test, type Wallet } from './wallet';

const html = '<!doctype html><title>x</title><p>x</p>';

/** The document gets no provider and no answer on the channel, and nothing is asked or granted for it. */
const expectUnserved = async (wallet: Wallet, site: Site, document: Page | Frame): Promise<void> => {
  const before = await storedRequests(wallet.popup.page);
  const connected = await connectedOrigins(wallet.popup.page);
  expect(await isAnnounced(document)).toBe(false);
  await document.evaluate(() => {
    window.messages = [];
    window.addEventListener('message', ({ data }) => window.messages.push(data.direction));
  });
  for (const method of ['eth_requestAccounts', 'eth_accounts']) {
    await postOnChannel(document, 'toExtension', { type: 'request', id: method, method });
  }
  const served = await wallet.context.newPage();
  await served.goto(`${site.url}/served`);
  await hold(served);
  expect(await ask(served, 'eth_accounts')).toHaveProperty('result');
  await served.close();
  expect(await document.evaluate(() => window.messages)).toEqual(['toExtension', 'toExtension']);
  expect(await storedRequests(wallet.popup.page)).toEqual(before);
  expect(await connectedOrigins(wallet.popup.page)).toEqual(connected);
  expect(reviewWindows(wallet)).toEqual([]);
};

/** A page that the person has connected. */
const connectedPage = async (wallet: Wallet, url: string): Promise<Page> => {
  const page = await wallet.context.newPage();
  await page.goto(url);
  await hold(page);
  const review = await reviewOpenedBy(wallet.context, () => begin(page, 'connect', 'eth_requestAccounts'));
  const closed = review.page.waitForEvent('close');
  await review.approve();
  expect(await outcome(page, 'connect')).toEqual({ result: [wallet.account] });
  await closed;
  return page;
};

const addFrame = async (page: Page, attributes: Record<string, string>): Promise<Frame> => {
  const attached = page.waitForEvent('frameattached');
  await page.evaluate((attributes) => {
    const frame = document.createElement('iframe');
    for (const [name, value] of Object.entries(attributes)) frame.setAttribute(name, value);
    document.body.append(frame);
  }, attributes);
  const frame = await attached;
  await frame.waitForURL((url) => !attributes.src || url.href === attributes.src);
  await frame.waitForLoadState();
  return frame;
};

const frames: Record<string, (site: Site) => Record<string, string>> = {
  'of another origin': ({ otherUrl }) => ({ src: `${otherUrl}/frame` }),
  'of the same origin': ({ url }) => ({ src: `${url}/frame` }),
  'in a sandbox': ({ url }) => ({ src: `${url}/frame`, sandbox: 'allow-scripts allow-popups' }),
  'with srcdoc': () => ({ srcdoc: html }),
  'with a data: document': () => ({ src: `data:text/html,${encodeURIComponent(html)}` }),
};

for (const [kind, attributes] of Object.entries(frames)) {
  test(`a frame ${kind} inside a connected page is not served`, async ({ wallet, openSite }) => {
    const site = await openSite();
    const page = await connectedPage(wallet, site.url);
    await expectUnserved(wallet, site, await addFrame(page, attributes(site)));
  });
}

test('a page that its server puts in a sandbox is not served', async ({ wallet, openSite }) => {
  const headers = { 'content-security-policy': 'sandbox allow-scripts' };
  const site = await openSite({ '/sandboxed': { body: html, headers } });
  const page = await connectedPage(wallet, site.url);
  await page.goto(`${site.url}/sandboxed`);
  expect(await page.evaluate(() => window.origin)).toBe('null');
  await expectUnserved(wallet, site, page);
});

const opened: Record<string, string> = {
  'about:blank': "window.open('about:blank')",
  'a blob: document': "window.open(URL.createObjectURL(new Blob(['<p>x'], { type: 'text/html' })))",
};

for (const [kind, script] of Object.entries(opened)) {
  test(`${kind} that a connected page opens is not served`, async ({ wallet, openSite }) => {
    const site = await openSite();
    const page = await connectedPage(wallet, site.url);
    const opening = wallet.context.waitForEvent('page');
    await page.evaluate(`void ${script}`);
    await expectUnserved(wallet, site, await opening);
  });
}

test('a data: page is not served', async ({ wallet, openSite }) => {
  const site = await openSite();
  const page = await wallet.context.newPage();
  await page.goto(`data:text/html,${encodeURIComponent(html)}`);
  await expectUnserved(wallet, site, page);
});

test('file: pages are not served and share nothing', async ({ wallet, openSite }) => {
  const site = await openSite();
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-files-'));
  for (const name of ['first.html', 'second.html']) {
    const path = join(folder, name);
    await writeFile(path, html);
    const page = await wallet.context.newPage();
    await page.goto(pathToFileURL(path).href);
    await expectUnserved(wallet, site, page);
  }
  await rm(folder, { recursive: true });
});

const policies: Record<string, string> = {
  'a strict CSP': "default-src 'none'; script-src 'self'",
  'Trusted Types': "require-trusted-types-for 'script'; trusted-types 'none'",
};

for (const [kind, policy] of Object.entries(policies)) {
  test(`a page with ${kind} is served, and the policy has nothing to report`, async ({
    wallet,
    openSite,
  }) => {
    const script = `window.reports = [];
      document.addEventListener('securitypolicyviolation', (event) => reports.push(event.violatedDirective));`;
    const { url } = await openSite({
      '/': {
        body: '<!doctype html><title>x</title><script src="/watch.js"></script><p>x</p>',
        headers: { 'content-security-policy': policy },
      },
      '/watch.js': { body: script, type: 'text/javascript' },
    });
    const problems: string[] = [];
    const page = await wallet.context.newPage();
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(String(error)));
    await page.goto(url);
    await hold(page);
    expect(await ask(page, 'eth_accounts')).toEqual({ result: [] });
    expect(await page.evaluate('window.reports')).toEqual([]);
    expect(problems.filter((text) => !text.includes('favicon'))).toEqual([]);
  });
}

const plainDocuments: Record<string, { body: string; type: string }> = {
  XML: { type: 'application/xml', body: '<?xml version="1.0"?><list><item a="1">x</item></list>' },
  SVG: {
    type: 'image/svg+xml',
    body: '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>',
  },
  JSON: { type: 'application/json', body: JSON.stringify({ list: Array.from({ length: 1000 }, () => 'x') }) },
  HTML: { type: 'text/html', body: html },
};

for (const [kind, reply] of Object.entries(plainDocuments)) {
  test(`the extension adds nothing to a document of ${kind}`, async ({ wallet, openSite }) => {
    const { url, plainUrl } = await openSite({ '/document': reply });
    const page = await wallet.context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    const textOf = async (base: string): Promise<string> => {
      await page.goto(`${base}/document`);
      return page.evaluate(() => new XMLSerializer().serializeToString(document));
    };
    const served = await textOf(url);
    expect(await isAnnounced(page)).toBe(true);
    expect(served).toBe(await textOf(plainUrl));
    expect(await isAnnounced(page)).toBe(false);
    expect(problems).toEqual([]);
  });
}

test("a page can neither frame nor read the extension's own pages", async ({ wallet, openSite }) => {
  const { url } = await openSite();
  const page = await wallet.context.newPage();
  await page.goto(url);
  const frame = await addFrame(page, {});
  await page.evaluate((src) => {
    const [frame] = document.getElementsByTagName('iframe');
    frame?.setAttribute('src', src);
  }, wallet.popupUrl);
  await expect.poll(() => frame.url()).toMatch(/^chrome-error:/);
  const read = page.evaluate((popupUrl) => fetch(popupUrl).then(() => 'read', String), wallet.popupUrl);
  expect(await read).toContain('TypeError');
});
