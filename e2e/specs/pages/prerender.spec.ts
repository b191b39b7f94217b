import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect, test } from '@playwright/test';
import { findBrowser } from '../../browser';
import { dist } from '../../fixtures';
import { startSite } from '../hostile/site';
import { storedRequests } from '../hostile/stored';

type Target = { type: string; url: string };

/** A browser that nothing drives: one that is debugged prerenders no page. Its open pages can still be listed. */
const launchUndriven = async () => {
  const profile = await mkdtemp(join(tmpdir(), 'latchkey-undriven-'));
  const browser: ChildProcess = spawn(
    findBrowser(),
    [
      ...['--headless', '--no-sandbox', '--no-first-run', '--disable-sync', '--disable-component-update'],
      ...[`--load-extension=${dist}`, `--disable-extensions-except=${dist}`],
      ...['--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'],
    ],
    { stdio: 'ignore' },
  );
  const portFile = () => readFile(join(profile, 'DevToolsActivePort'), 'utf8').catch(() => '');
  await expect.poll(portFile, { timeout: 30_000 }).toContain('\n');
  const endpoint = `http://127.0.0.1:${(await portFile()).split('\n')[0]}`;
  const targets = async (): Promise<Target[]> => (await fetch(`${endpoint}/json/list`)).json();
  await expect
    .poll(async () => (await targets()).map(({ type }) => type), { timeout: 30_000 })
    .toContain('service_worker');
  return {
    endpoint,
    open: (url: string) => fetch(`${endpoint}/json/new?${encodeURIComponent(url)}`, { method: 'PUT' }),
    reviews: async () => (await targets()).filter(({ url }) => url.includes('#/review/')),
    close: async () => {
      const ended = once(browser, 'exit');
      browser.kill();
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
};

/** Takes the provider and tells the server what happens: \`say(text)\`. */
const common = `
  const say = (text) => fetch('/said', { method: 'POST', body: text });
  const provider = new Promise((resolve) => {
    addEventListener('eip6963:announceProvider', ({ detail }) => {
      if (detail.info.rdns === 'io.latchkey') resolve(detail.provider);
    });
    dispatchEvent(new Event('eip6963:requestProvider'));
  });
  const ask = async (method) => (await provider).request({ method }).then(JSON.stringify, (error) => error.code);`;

const prerendered = `<!doctype html><title>later</title><script>${common}
  document.addEventListener('prerenderingchange', () => say('later is shown'));
  ask('eth_accounts').then((answer) => say('later got ' + answer + ' while ' + (document.prerendering ? 'unseen' : 'shown')));
  ask('eth_requestAccounts');
  say('later asked while ' + (document.prerendering ? 'unseen' : 'shown'));
</script>`;

const first = (next: string): string => `<!doctype html><title>first</title>
  <script type="speculationrules">${JSON.stringify({
    prerender: [{ source: 'list', urls: [next], eagerness: 'immediate' }],
  })}</script><script>${common}
  fetch('/ask').then(() => ask('eth_accounts')).then((answer) => say('first got ' + answer));
  fetch('/go').then(() => location.assign('${next}'));
</script>`;

/** A path that answers once it is released. */
const gate = () => {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { release: () => release(), page: () => released.then(() => ({ body: '' })) };
};

test('a prerendered page asks nobody until it is shown, and then asks in its own name', async () => {
  const said: string[] = [];
  const listen = async (text: string) => {
    said.push(text);
    return { body: '' };
  };
  const [toAsk, toGo] = [gate(), gate()];
  const later = await startSite({
    '/': { body: prerendered, headers: { 'supports-loading-mode': 'credentialed-prerender' } },
    '/said': listen,
  });
  const site = await startSite({
    ...{ '/': { body: first(`${later.url}/`) }, '/said': listen, '/ask': toAsk.page, '/go': toGo.page },
  });
  const browser = await launchUndriven();
  try {
    await browser.open(`${site.url}/`);
    await expect.poll(() => said, { timeout: 30_000 }).toEqual(['later asked while unseen']);
    toAsk.release();
    await expect.poll(() => said).toEqual(['later asked while unseen', 'first got []']);
    expect(await browser.reviews()).toEqual([]);

    toGo.release();
    await expect.poll(() => said).toContain('later got [] while shown');
    expect(said).toContain('later is shown');
    await expect.poll(browser.reviews).toHaveLength(1);
    const driver = await chromium.connectOverCDP(browser.endpoint);
    const review = driver
      .contexts()
      .flatMap((context) => context.pages())
      .find((page) => page.url().includes('#/review/'));
    if (!review) throw new Error('The review is gone.');
    expect(await storedRequests(review)).toMatchObject([{ origin: later.url, kind: 'connect' }]);
    await driver.close();
  } finally {
    await browser.close();
    await Promise.all([site.stop(), later.stop()]);
  }
});
