import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import * as v from 'valibot';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakePort } from '../messaging/fakePorts';
import { servePorts } from '../messaging/portServer';
import { anyPosted } from '../messaging/testing/anyMessage';
import { decodeMessage } from '../rpc/codec';
import { dappMethods } from '../rpc/dapp/methods';
import { openStorage } from '../storage/index';
import { createHarness, password } from './testing/harness';
import { account, grantRecord } from './testing/records';

const numRuns = process.env.LONG === '1' ? 100_000 : 2_000;
const seed = Number(process.env.SEED ?? 20_261_129);

const runtime = vi.hoisted(() => ({
  id: 'abcdefgh',
  getURL: (path: string) => `chrome-extension://abcdefgh/${path}`,
  onConnect: { addListener: (_listener: (port: unknown) => void) => {} },
}));

vi.mock('webextension-polyfill', () => ({ default: { runtime } }));

const stranger = { id: 'abcdefgh', origin: 'https://stranger.example', frameId: 0, tab: { id: 7 } };
const grantId = 'g1';

/** Methods that may ask the person without being allowed anything yet, when their params are right. */
const asks = ['eth_requestAccounts', 'latchkey_prepare'] as const;

const mayAsk = (method: string, params: unknown): boolean =>
  asks.some((name) => name === method && v.safeParse(dappMethods[name], params).success);

let unhandled: unknown[];
const onUnhandled = (error: unknown) => void unhandled.push(error);

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  unhandled = [];
  process.on('unhandledRejection', onUnhandled);
  process.on('uncaughtException', onUnhandled);
});

afterEach(() => {
  process.off('unhandledRejection', onUnhandled);
  process.off('uncaughtException', onUnhandled);
  vi.restoreAllMocks();
});

/** A wallet that is unlocked, with a site that has a grant and is connected, and a stranger's port to it. */
const setUp = async () => {
  const fetched: unknown[] = [];
  const network: typeof fetch = async (input) => {
    fetched.push(input);
    return Response.json({ jsonrpc: '2.0', id: 1, error: { code: -32000, message: 'Not here.' } });
  };
  const clock = { now: () => 1_764_000_000, sleep: () => new Promise<never>(() => undefined) };
  const harness = await createHarness({ fetch: network, clock });
  await harness.popup('createVault', { password });
  await harness.popup('saveSettings', {
    nodeUrl: 'http://127.0.0.1:1',
    networks: [{ chainId: 8453, name: 'Base', rpcUrl: 'http://127.0.0.1:1', nativeSymbol: 'ETH' }],
  });
  const storage = await openStorage();
  await storage.grants.put(grantRecord({ grantId, origin: 'https://dapp.example' }));
  await storage.connections.put({ origin: 'https://dapp.example', account, createdAt: 1 });
  storage.close();
  const { pages, accounts, defects } = harness;

  let accept = (_port: unknown): void => {};
  runtime.onConnect.addListener = (listener) => {
    accept = listener;
  };
  const running: Promise<unknown>[] = [];
  servePorts({
    onDappRequest: ({ method, params }, { origin }) => {
      if (mayAsk(method, params)) return Promise.resolve('left out');
      const answer = harness.raw(origin, method, params);
      running.push(answer.catch(() => undefined));
      return answer;
    },
    onPopupRequest: () => expect.unreachable('a page reached the popup'),
  });

  const writes = (['put', 'add', 'delete', 'clear'] as const).map((name) =>
    vi.spyOn(IDBObjectStore.prototype, name),
  );
  const memory = vi.spyOn(harness.memory.values, 'set');
  /** What was done since it was asked last. */
  const effects = () => {
    const calls = [...writes, memory].map(({ mock }) => mock.calls.length);
    for (const spy of [...writes, memory]) spy.mockClear();
    const lists = [fetched, pages.routes, accounts, defects];
    const [network, reviews, told, failures] = lists.map((list) => list.splice(0));
    return { writes: calls, network, reviews, told, failures };
  };
  effects();
  return { accept: (port: unknown) => accept(port), running, effects };
};

const none = { writes: [0, 0, 0, 0, 0], network: [], reviews: [], told: [], failures: [] };

it(`answers ${numRuns} messages of a stranger with errors at most, and does nothing for them`, {
  timeout: 3_600_000,
}, async () => {
  const { accept, running, effects } = await setUp();
  const tally = { answered: 0, refused: 0, closed: 0 };
  const property = fc.asyncProperty(anyPosted, async (message) => {
    const { near, far } = FakePort.pair('latchkey.dapp', stranger);
    const answer = new Promise<unknown>((resolve) => {
      near.onMessage.addListener((text) => resolve(decodeMessage(String(text))));
      near.onDisconnect.addListener(() => resolve(undefined));
    });
    accept(far);
    near.postMessage(message);
    const answered = await answer;
    await Promise.all(running.splice(0));
    if (answered === undefined) tally.closed += 1;
    else if ('error' in Object(answered)) tally.refused += 1;
    else tally.answered += 1;
    expect(JSON.stringify(answered) ?? '').not.toContain(account.slice(2));
    expect(effects()).toEqual(none);
    expect(unhandled).toEqual([]);
  });
  await fc.assert(property, { numRuns, seed });
  expect(Reflect.get({}, 'polluted')).toBeUndefined();
  for (const count of Object.values(tally)) expect(count).toBeGreaterThan(numRuns / 50);
});
