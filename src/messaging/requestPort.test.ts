import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeMessage, encodeMessage } from '../rpc/codec';
import type { PortEvent } from '../rpc/ports';
import { readPortRequest } from './envelope';
import { FakePort } from './fakePorts';
import { RequestPort, type RequestPortOptions } from './requestPort';

/** A background whose workers can be stopped. Each port that it got, and the requests that came on it. */
const createBackground = () => {
  const ports: { far: FakePort; requests: { id: string; method: string }[]; waited: unknown[] }[] = [];
  const connect = () => {
    const { near, far } = FakePort.pair('latchkey.dapp');
    const requests: { id: string; method: string }[] = [];
    const waited: unknown[] = [];
    far.onMessage.addListener((message) => {
      const request = readPortRequest(decodeMessage(String(message)));
      if (request) requests.push({ id: request.id, method: request.method });
      if (request) waited.push(request.waited);
    });
    ports.push({ far, requests, waited });
    return near;
  };
  const latest = () => {
    const port = ports.at(-1);
    if (!port) throw new TypeError('no port was opened');
    return port;
  };
  return {
    ports,
    connect,
    latest,
    stopWorker: () => latest().far.disconnect(),
    answer: (id: string, result: unknown) =>
      latest().far.postMessage(encodeMessage({ type: 'response', id, result })),
  };
};

const setUp = (options: Partial<RequestPortOptions> = {}) => {
  const background = createBackground();
  const events: PortEvent[] = [];
  const port = new RequestPort({
    connect: background.connect,
    onEvent: (event) => events.push(event),
    mayRepeat: () => true,
    ...options,
  });
  return { background, events, port };
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('RequestPort', () => {
  it('opens its port with the first request and keeps it', async () => {
    const { background, port } = setUp();
    expect(background.ports).toHaveLength(0);
    const first = port.send({ method: 'a' });
    const second = port.send({ method: 'b' });
    background.answer('2', 'two');
    background.answer('1', 'one');
    expect(await Promise.all([first, second])).toEqual([{ result: 'one' }, { result: 'two' }]);
    expect(background.ports).toHaveLength(1);
  });

  it('sends again what waited when the worker stopped, under the same id, and nothing else', async () => {
    const { background, port } = setUp();
    const done = port.send({ method: 'done' });
    background.answer('1', 1);
    await done;
    const pending = port.send({ method: 'latchkey_use' });
    background.stopWorker();
    await vi.runAllTimersAsync();
    expect(background.latest().requests).toEqual([{ id: '2', method: 'latchkey_use' }]);
    background.answer('2', 'used');
    expect(await pending).toEqual({ result: 'used' });
  });

  it('says how long a request that is sent again has waited', async () => {
    const { background, port } = setUp();
    void port.send({ method: 'eth_requestAccounts' });
    expect(background.latest().waited).toEqual([undefined]);
    port.suspend();
    await vi.advanceTimersByTimeAsync(70_000);
    port.resume();
    void port.send({ method: 'eth_accounts' });
    expect(background.latest().waited).toEqual([70_000, undefined]);
  });

  it('stays closed after a stop while nothing waits, and opens with the next request', async () => {
    const { background, port } = setUp();
    const first = port.send({ method: 'a' });
    background.answer('1', 1);
    await first;
    background.stopWorker();
    await vi.runAllTimersAsync();
    expect(background.ports).toHaveLength(1);
    void port.send({ method: 'b' });
    expect(background.latest().requests).toEqual([{ id: '2', method: 'b' }]);
  });

  it('waits through any number of workers that end in the normal way', async () => {
    const { background, port } = setUp();
    const pending = port.send({ method: 'latchkey_prepare' });
    for (let worker = 0; worker < 20; worker += 1) {
      await vi.advanceTimersByTimeAsync(30_000);
      background.stopWorker();
      await vi.advanceTimersByTimeAsync(0);
    }
    background.answer('1', 'granted');
    expect(await pending).toEqual({ result: 'granted' });
    expect(background.ports).toHaveLength(21);
  });

  it('waits on while ports die young but answer', async () => {
    const { background, port } = setUp();
    for (let call = 1; call <= 20; call += 1) {
      const pending = port.send({ method: 'latchkey_use' });
      background.stopWorker();
      await vi.advanceTimersByTimeAsync(100);
      background.answer(String(call), call);
      expect(await pending).toEqual({ result: call });
    }
  });

  it('gives up with 4900 when ports keep dying at birth, and tries anew for the next request', async () => {
    const { background, events, port } = setUp();
    const pending = port.send({ method: 'a' });
    for (let attempt = 0; attempt < 6; attempt += 1) {
      background.stopWorker();
      await vi.runAllTimersAsync();
    }
    expect(await pending).toMatchObject({
      error: { code: 4900, data: { reason: 'BACKGROUND_UNREACHABLE' } },
    });
    expect(events).toMatchObject([{ name: 'disconnect', payload: { code: 4900 } }]);
    expect(background.ports).toHaveLength(6);
    const next = port.send({ method: 'b' });
    background.answer('2', 'back');
    expect(await next).toEqual({ result: 'back' });
  });

  it('says that the page must be reloaded when the extension is gone', async () => {
    const { port } = setUp({
      connect: () => {
        throw new TypeError('Extension context invalidated.');
      },
    });
    expect(await port.send({ method: 'a' })).toMatchObject({
      error: { code: 4900, data: { reason: 'EXTENSION_RELOADED', action: 'Reload the page.' } },
    });
  });

  it('notices within a second that the extension is gone, though no port says so', async () => {
    let alive = true;
    const { events, port } = setUp({ isAlive: () => alive });
    const pending = port.send({ method: 'latchkey_prepare' });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(events).toEqual([]);
    alive = false;
    await vi.advanceTimersByTimeAsync(1000);
    expect(await pending).toMatchObject({ error: { code: 4900, data: { reason: 'EXTENSION_RELOADED' } } });
    expect(events).toMatchObject([{ name: 'disconnect', payload: { code: 4900 } }]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('fails what must not run twice instead of sending it again', async () => {
    const { background, port } = setUp({ mayRepeat: (method) => method !== 'approve' });
    const approve = port.send({ method: 'approve' });
    const read = port.send({ method: 'getState' });
    background.stopWorker();
    await vi.runAllTimersAsync();
    expect(await approve).toMatchObject({ error: { code: 4900, data: { reason: 'CONNECTION_LOST' } } });
    expect(background.latest().requests).toEqual([{ id: '2', method: 'getState' }]);
    background.answer('2', 'state');
    expect(await read).toEqual({ result: 'state' });
  });

  it('holds requests while suspended and sends them when resumed', async () => {
    const { background, port } = setUp();
    const before = port.send({ method: 'a' });
    port.suspend();
    expect(background.latest().far.isOpen).toBe(false);
    const during = port.send({ method: 'b' });
    await vi.runAllTimersAsync();
    expect(background.ports).toHaveLength(1);
    port.resume();
    expect(background.latest().requests.map(({ method }) => method)).toEqual(['a', 'b']);
    background.answer('1', 1);
    background.answer('2', 2);
    expect(await Promise.all([before, during])).toEqual([{ result: 1 }, { result: 2 }]);
  });

  it('carries bigints and errors of the background', async () => {
    const { background, port } = setUp();
    const amount = port.send({ method: 'a' });
    background.answer('1', { amount: 2n ** 200n });
    expect(await amount).toEqual({ result: { amount: 2n ** 200n } });
    const refused = port.send({ method: 'b' });
    const error = { code: 4001, message: 'No.', data: { reason: 'REJECTED' } };
    background.latest().far.postMessage(encodeMessage({ type: 'response', id: '2', error }));
    expect(await refused).toEqual({ error });
  });

  it('refuses a request that the background would not take', async () => {
    const { background, port } = setUp();
    expect(await port.send({ method: 'a', params: 'x'.repeat(1024 * 1024 + 200) })).toMatchObject({
      error: { code: -32602, data: { reason: 'REQUEST_TOO_LONG' } },
    });
    expect(background.ports).toHaveLength(0);
  });

  it('refuses params that are nested too deeply to be written', async () => {
    const { background, port } = setUp();
    let params: unknown = [];
    for (let level = 1; level < 64; level += 1) params = [params];
    void port.send({ method: 'a', params });
    expect(background.latest().requests).toHaveLength(1);
    for (let level = 64; level < 100_000; level += 1) params = { params };
    expect(await port.send({ method: 'a', params })).toMatchObject({
      error: { code: -32602, data: { reason: 'REQUEST_TOO_DEEP' } },
    });
    expect(background.latest().requests).toHaveLength(1);
  });

  it('lets 256 requests wait and refuses more', async () => {
    const { port } = setUp();
    for (let sent = 0; sent < 256; sent += 1) void port.send({ method: 'a' });
    expect(await port.send({ method: 'a' })).toMatchObject({ error: { code: -32002 } });
  });
});
