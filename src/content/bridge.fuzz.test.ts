import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { FakePort } from '../messaging/fakePorts';
import { FakeWindow } from '../messaging/fakeWindow';
import { anyPosted } from '../messaging/testing/anyMessage';

const numRuns = process.env.LONG === '1' ? 100_000 : 2_000;
const seed = Number(process.env.SEED ?? 20_261_129);

const channel = 'io.latchkey.channel.1';
const otherWindow = new FakeWindow();

/** What a page, a frame or another window may post: mostly on the channel, mostly in the right direction. */
const anyMessage = fc.record({
  data: fc.oneof(
    {
      weight: 8,
      arbitrary: fc.record({
        channel: fc.constant(channel),
        direction: fc.constant('toExtension'),
        text: anyPosted,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record(
        {
          channel: fc.constantFrom(channel, 'io.latchkey.channel.2', '__proto__'),
          direction: fc.constantFrom('toPage', 'toExtension', ''),
          text: anyPosted,
        },
        { requiredKeys: [] },
      ),
    },
    { weight: 1, arbitrary: anyPosted },
  ),
  from: fc.constantFrom<Partial<{ source: unknown; origin: string }>>(
    ...[{}, {}, {}, {}, { source: otherWindow }, { source: null }, { origin: 'https://other.example' }],
    ...[{ origin: 'null' }],
  ),
});

let window: FakeWindow;
let relayed: unknown[];
let told: { id: unknown }[];
let unhandled: unknown[];
const onUnhandled = (error: unknown) => void unhandled.push(error);

/** Answers everything at once, as a background would that knows nothing. */
const connect = (): FakePort => {
  const { near, far } = FakePort.pair('latchkey.dapp');
  far.onMessage.addListener((text) => {
    const request: { id: string } = JSON.parse(String(text));
    relayed.push(request);
    far.postMessage(JSON.stringify({ type: 'response', id: request.id, result: null }));
  });
  return near;
};

beforeEach(async () => {
  window = new FakeWindow();
  relayed = [];
  told = [];
  unhandled = [];
  process.on('unhandledRejection', onUnhandled);
  process.on('uncaughtException', onUnhandled);
  vi.stubGlobal('window', window);
  vi.stubGlobal('chrome', { runtime: { id: 'abcdefgh', connect } });
  vi.resetModules();
  await import('./bridge.iife');
  window.addEventListener('message', ({ data }: MessageEvent) => {
    if (data?.channel === channel && data.direction === 'toPage' && data.isForged !== true) {
      told.push(JSON.parse(data.text));
    }
  });
});

afterEach(() => {
  process.off('unhandledRejection', onUnhandled);
  process.off('uncaughtException', onUnhandled);
  vi.unstubAllGlobals();
});

/** The request that a message is, read by hand: a few texts with the four known fields, and nothing else. */
const requestIn = ({ data, from }: { data: unknown; from: object }): { id: string } | undefined => {
  if (Object.keys(from).length > 0) return undefined;
  const { channel: name, direction, text } = Object(data);
  if (name !== channel || direction !== 'toExtension' || typeof text !== 'string') return undefined;
  try {
    const { type, id, method, params: _params, ...others } = JSON.parse(text);
    const isText = (value: unknown, longest: number) =>
      typeof value === 'string' && value.length > 0 && value.length <= longest;
    if (type !== 'request' || !isText(id, 64) || !isText(method, 128)) return undefined;
    return Object.keys(others).length === 0 ? { id } : undefined;
  } catch {
    return undefined;
  }
};

it(`relays what is a request of its page among ${numRuns} messages, and nothing else`, {
  timeout: 3_600_000,
}, async () => {
  const tally = { relayed: 0, dropped: 0 };
  const property = fc.asyncProperty(anyMessage, async (message) => {
    relayed.length = 0;
    told.length = 0;
    const expected = requestIn(message);
    window.deliver(
      typeof message.data === 'object' && message.data !== null
        ? { ...message.data, isForged: true }
        : message.data,
      message.from,
    );
    await new Promise((resolve) => setImmediate(resolve));
    expect(told.map(({ id }) => id)).toEqual(expected ? [expected.id] : []);
    expect(relayed.length).toBeLessThanOrEqual(expected ? 1 : 0);
    for (const request of relayed) {
      expect(request).toMatchObject({ type: 'request', id: expect.stringMatching(/^\d+$/) });
      expect(['id', 'method', 'params', 'type']).toEqual(
        expect.arrayContaining(Object.keys(Object(request))),
      );
    }
    expect(unhandled).toEqual([]);
    if (relayed.length > 0) tally.relayed += 1;
    else tally.dropped += 1;
  });
  await fc.assert(property, { numRuns, seed });
  for (const count of Object.values(tally)) expect(count).toBeGreaterThan(numRuns / 20);
});
