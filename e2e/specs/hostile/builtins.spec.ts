import type { Page } from '@playwright/test';
import { ask, hold, isAnnounced } from './inPage';
import { expect, type OpenSite, test, type Wallet } from './wallet';

/** Puts wrappers in the place of builtins that work as the originals do and keep what goes through them. */
const wrapBuiltins = `
  window.passed = [];
  const keep = (name) => { passed[passed.length] = name; };
  const wrap = (owner, name) => {
    const original = owner[name];
    owner[name] = function (...values) { keep(name); return original.apply(this, values); };
  };
  const NativePromise = Promise;
  window.Promise = class extends NativePromise {
    constructor(executor) { super(executor); keep('Promise'); }
  };
  wrap(JSON, 'parse'); wrap(JSON, 'stringify');
  wrap(window, 'postMessage'); wrap(window, 'addEventListener'); wrap(window, 'dispatchEvent');
  wrap(Object, 'freeze'); wrap(Object, 'keys'); wrap(Reflect, 'apply');
`;

/** Puts functions that throw in the place of builtins. */
const breakBuiltins = `
  const broken = () => { throw new TypeError('broken by the page'); };
  for (const name of ['map', 'filter', 'forEach', 'push', 'includes', 'every', 'some', 'slice', 'concat', 'find'])
    Array.prototype[name] = broken;
  for (const name of ['get', 'set', 'has', 'delete', 'values']) Map.prototype[name] = broken;
  for (const name of ['slice', 'startsWith', 'includes', 'replace']) String.prototype[name] = broken;
  Function.prototype.call = broken;
`;

/** Takes the provider, calls it twice and writes down what came of it. Runs without any builtin that may be broken. */
const callTwice = `
  const write = (id, text) => { document.getElementById(id).textContent = text; };
  addEventListener('eip6963:announceProvider', async ({ detail: { info, provider } }) => {
    if (info.rdns !== 'io.latchkey') return;
    const accounts = await provider.request({ method: 'eth_accounts' });
    write('accounts', accounts.length + ' accounts');
    try { await provider.request({ method: 'eth_sign' }); }
    catch (error) {
      write('seen', String(window.passed));
      write('refused', (error instanceof Error) + ' ' + error.code + ' ' + error.data.reason);
    }
  });
  dispatchEvent(new Event('eip6963:requestProvider'));
`;

const pageOf = (script: string): string =>
  `<!doctype html><title>x</title><p id="accounts"></p><p id="refused"></p><p id="seen"></p><script>${script}</script>`;

const expectServed = async (page: Page): Promise<void> => {
  await expect(page.locator('#accounts')).toHaveText('0 accounts');
  await expect(page.locator('#refused')).toHaveText('true 4200 UNSUPPORTED_METHOD');
};

/** A page that changes builtins before or after the extension's own script runs. Gives its uncaught errors. */
const openWith = async (
  { wallet, openSite }: { wallet: Wallet; openSite: OpenSite },
  { change, when }: { change: string; when: 'before' | 'after' },
): Promise<{ page: Page; problems: readonly string[] }> => {
  const page = await wallet.context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  if (when === 'before') await page.addInitScript({ content: change });
  const { url } = await openSite({
    '/': { body: pageOf(when === 'before' ? callTwice : change + callTwice) },
  });
  await page.goto(url);
  return { page, problems };
};

for (const when of ['before', 'after'] as const) {
  test(`a page that wraps builtins ${when} the extension's script is served as any other`, async ({
    wallet,
    openSite,
  }) => {
    const { page, problems } = await openWith({ wallet, openSite }, { change: wrapBuiltins, when });
    await expectServed(page);
    const passing = ['freeze', 'stringify', 'postMessage', 'Promise'];
    for (const name of passing) {
      const seen = page.locator('#seen', { hasText: name });
      await expect(seen).toHaveCount(when === 'before' ? 1 : 0);
    }
    expect(problems).toEqual([]);
  });

  test(`a page that breaks array, map, text and function methods ${when} the extension's script is served`, async ({
    wallet,
    openSite,
  }) => {
    const { page, problems } = await openWith({ wallet, openSite }, { change: breakBuiltins, when });
    await expectServed(page);
    expect(problems).toEqual([]);
  });
}

const otherWallets: Record<string, string> = {
  'a getter that can not be configured': `
    Object.defineProperty(window, 'ethereum', { get: () => theirs, configurable: false });`,
  'a frozen object': `
    Object.defineProperty(window, 'ethereum', { value: Object.freeze(theirs), writable: false });`,
  'a setter that throws': `
    Object.defineProperty(window, 'ethereum', {
      get: () => theirs, set: () => { throw new Error('mine'); }, configurable: false });`,
  'an accessor on Object.prototype': `
    Object.defineProperty(Object.prototype, 'ethereum', {
      get: () => theirs, set: () => { throw new Error('mine'); } });`,
};

for (const [kind, define] of Object.entries(otherWallets)) {
  test(`window.ethereum as ${kind} is left as it is, and the provider is announced`, async ({
    wallet,
    openSite,
  }) => {
    const { url } = await openSite();
    const page = await wallet.context.newPage();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    await page.addInitScript({
      content: `const theirs = { isOther: true };
        ${define}
        const describe = (owner) => Object.getOwnPropertyDescriptor(owner, 'ethereum');
        const before = [describe(window), describe(Object.prototype)];
        window.same = () => [describe(window), describe(Object.prototype)].every((now, index) =>
          ['get', 'set', 'value', 'configurable', 'writable'].every((name) => now?.[name] === before[index]?.[name]));
        window.isTheirs = () => window.ethereum === theirs;`,
    });
    await page.goto(url);
    expect(await isAnnounced(page)).toBe(true);
    await hold(page);
    expect(await ask(page, 'eth_accounts')).toEqual({ result: [] });
    expect(await page.evaluate('[window.same(), window.isTheirs()]')).toEqual([true, true]);
    expect(problems).toEqual([]);
  });
}
