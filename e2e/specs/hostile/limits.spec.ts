import { ask, begin, hold } from './inPage';
import { expect, test } from './wallet';

const limit = 1024 * 1024;

/** Scripts that make params too large for any request. Made in the page, so that only its own call counts. */
const params: Record<string, string> = {
  'a message of 50 MB': "[{ instructions: [{ calls: [{ data: '0x' + '00'.repeat(25 * 1024 * 1024) }] }] }]",
  'a text of 5 MB': "[{ justification: 'x'.repeat(5 * 1024 * 1024) }]",
  '200,000 actions': `[{ enableSession: { actions: [{ chainId: 1, actions: Array.from({ length: 200000 }, () => ({
    actionTarget: '0x9D6d5e255b591545029a7c450b8D1D9b7D037755', actionTargetSelector: '0x12345678',
    actionPolicies: [] })) }] } }]`,
};

for (const [kind, script] of Object.entries(params)) {
  test(`${kind} is refused in the page within a second, and the next call works`, async ({
    wallet,
    openSite,
  }) => {
    const { url } = await openSite();
    await wallet.worker.evaluate(() => {
      const connected: (string | undefined)[] = [];
      Reflect.set(globalThis, 'connected', connected);
      chrome.runtime.onConnect.addListener(({ sender }) => connected.push(sender?.origin));
    });
    const connected = () =>
      wallet.worker.evaluate(() => Reflect.get(globalThis, 'connected') as (string | undefined)[]);
    const page = await wallet.context.newPage();
    await page.goto(url);
    await hold(page);
    const { error, elapsed } = await page.evaluate<{
      error: { message: string };
      elapsed: number;
    }>(`(async () => {
      const params = ${script};
      const started = performance.now();
      const error = await held.request({ method: 'latchkey_use', params })
        .catch(({ code, message, data }) => ({ code, message, data }));
      return { error, elapsed: performance.now() - started };
    })()`);
    expect(error).toMatchObject({ code: -32602, data: { reason: 'REQUEST_TOO_LONG' } });
    expect(error.message).toContain(`${limit}`);
    expect(elapsed).toBeLessThan(1000);
    expect(await connected()).not.toContain(url);
    expect(await ask(page, 'eth_accounts')).toEqual({ result: [] });
    expect(await connected()).toContain(url);
  });
}

test('a forged message of 50 MB is dropped before the worker, and the next call works', async ({
  wallet,
  openSite,
}) => {
  const { url } = await openSite();
  const page = await wallet.context.newPage();
  await page.goto(url);
  await hold(page);
  await page.evaluate(() => {
    const request = {
      type: 'request',
      id: 'huge',
      method: 'eth_accounts',
      params: 'x'.repeat(50 * 1024 * 1024),
    };
    const text = JSON.stringify(request);
    window.postMessage({ channel: 'io.latchkey.channel.1', direction: 'toExtension', text }, '*');
  });
  await begin(page, 'next', 'eth_accounts');
  expect(await page.evaluate(() => window.calls.next)).toEqual({ result: [] });
  const answered = await page.evaluate(
    () => window.messages.filter((message) => Reflect.get(Object(message), 'direction') === 'toPage').length,
  );
  expect(answered).toBe(1);
});
