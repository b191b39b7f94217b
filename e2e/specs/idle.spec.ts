import { setTimeout as pass } from 'node:timers/promises';
import { expect, test } from '../fixtures';
import { journalHas, openProbe } from '../flows/journal';
import { type Scene, startScene, useOnce } from './idle/scene';
import type { Tab } from './idle/tabs';

const names = ['first', 'second', 'third', 'fourth', 'fifth'];
const ready = names.map((name) => expect.stringContaining(`"ready: ${name}"`));

/** The browser stops a worker that was idle for 30 s. One spare wake on the way would take it past this time. */
const stopsWithinMs = 45_000;
/** Seconds around the browser's limit, and far past it; they take too long for a usual run. */
const edges = process.env.LONG === '1' ? [29, 30, 31, 35, 360] : [];
const surelyAsleep = 35;

let scene: Scene;

test.beforeAll(async ({ devnet }) => {
  scene = await startScene(devnet, names);
});

test.afterAll(() => scene?.stop());

const askAccounts = async (tabs: readonly Tab[]): Promise<void> => {
  const answers = await Promise.all(tabs.map((tab) => tab.call('eth_accounts')));
  expect(answers).toEqual(tabs.map(() => ({ result: [scene.account] })));
};

const useRight = async (requestId: string): Promise<void> => {
  const { answer, submissions, counted } = await useOnce(scene, requestId);
  expect(answer).toMatchObject({ result: { hash: submissions[0] } });
  expect({ submissions: submissions.length, counted }).toEqual({ submissions: 1, counted: 1n });
};

const useAsOthersAsk = async (requestId: string): Promise<void> => {
  await Promise.all([useRight(requestId), askAccounts(scene.others)]);
  await askAccounts([scene.user]);
};

/** Waits until the worker that runs has stopped and no other has taken its place. */
const workerStops = async (): Promise<void> => {
  const running = await scene.browser.workers();
  expect(running).toHaveLength(1);
  const seen = new Set(running);
  const look = async () => {
    const workers = await scene.browser.workers();
    for (const id of workers) seen.add(id);
    return workers;
  };
  await expect
    .poll(look, { message: 'running workers', intervals: [500], timeout: stopsWithinMs })
    .toEqual([]);
  expect([...seen]).toEqual(running);
};

test('the worker stops by itself whenever nothing waits, and all tabs that ask again are answered at the first try', async () => {
  const { browser, user, others, origin } = scene;
  await askAccounts([user, ...others]);

  await workerStops();
  await askAccounts([user, ...others]);
  await useRight('idle-1');

  await workerStops();
  await useAsOthersAsk('idle-2');

  expect(browser.consoleLines()).toEqual(ready);
  await browser.held(async ({ context, popupUrl }) => {
    const probe = await openProbe(await context.newPage(), popupUrl);
    for (const requestId of ['idle-1', 'idle-2'])
      await journalHas(probe, { origin, requestId, state: 'confirmed' });
    await probe.close();
  });
});

for (const seconds of edges) {
  test(`all tabs that ask ${seconds} s after the last answer are answered at the first try, and a use runs once`, async () => {
    test.setTimeout(120_000 + seconds * 1000);
    const { browser, user, others } = scene;
    const said = browser.consoleLines();
    await askAccounts([user, ...others]);
    await pass(seconds * 1000);
    if (seconds >= surelyAsleep) expect(await browser.workers()).toEqual([]);
    await useAsOthersAsk(`edge-${seconds}`);
    expect(browser.consoleLines()).toEqual(said);
  });
}
