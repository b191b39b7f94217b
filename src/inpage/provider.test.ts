import { describe, expect, it, vi } from 'vitest';
import { FakeWindow } from '../messaging/fakeWindow';
import { openContentEnd } from '../messaging/windowChannel';
import { maxRequestLength, type PortRequest } from '../rpc/ports';
import { createProvider } from './provider';

const setUp = () => {
  const window = new FakeWindow();
  const requests: PortRequest[] = [];
  const reply = openContentEnd(window, (request) => requests.push(request));
  const provider = createProvider(window);
  return { window, requests, reply, provider };
};

const rejection = async (promise: Promise<unknown>): Promise<unknown> => {
  try {
    return await promise;
  } catch (error) {
    return error;
  }
};

describe('request', () => {
  it('settles each call with its own answer', async () => {
    const { requests, reply, provider } = setUp();
    const first = provider.request({ method: 'eth_accounts' });
    const second = provider.request({ method: 'latchkey_getInfo', params: [] });
    expect(requests).toMatchObject([{ method: 'eth_accounts' }, { method: 'latchkey_getInfo', params: [] }]);
    reply({ type: 'response', id: '2', result: 'two' });
    reply({ type: 'response', id: '1', result: 'one' });
    expect(await Promise.all([first, second])).toEqual(['one', 'two']);
  });

  it('rejects with a real Error that has code, message and data', async () => {
    const { reply, provider } = setUp();
    const call = provider.request({ method: 'latchkey_prepare' });
    const data = { reason: 'REJECTED', action: 'Ask again.' };
    reply({ type: 'response', id: '1', error: { code: 4001, message: 'Rejected.', data } });
    const error = await rejection(call);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'ProviderRpcError', code: 4001, message: 'Rejected.', data });
  });

  it.each([
    ['nothing', undefined],
    ['a text', 'eth_accounts'],
    ['no method', { params: [] }],
    ['a number as method', { method: 1 }],
    ['an empty method', { method: '' }],
  ])('refuses %s with -32602 and sends nothing', async (_name, args) => {
    const { requests, provider } = setUp();
    const request = provider.request as (args: unknown) => Promise<unknown>;
    expect(await rejection(request(args))).toMatchObject({
      code: -32602,
      data: { reason: 'MALFORMED_REQUEST' },
    });
    expect(requests).toEqual([]);
  });

  it.each([
    ['a long text', () => 'x'.repeat(maxRequestLength)],
    ['a text that grows when written', () => '\u0001'.repeat(maxRequestLength / 4)],
    ['a huge text', () => 'x'.repeat(200 * 1024 * 1024)],
    ['a huge list', () => new Array(50_000_000)],
    ['many objects', () => new Array(300_000).fill({ a: 1, b: 2 })],
  ])('refuses %s within a second, names the limit and sends nothing', async (_name, create) => {
    const { requests, provider } = setUp();
    const params = [create()];
    const started = performance.now();
    const error = await rejection(provider.request({ method: 'latchkey_use', params }));
    expect(performance.now() - started).toBeLessThan(1000);
    expect(error).toMatchObject({ code: -32602, data: { reason: 'REQUEST_TOO_LONG' } });
    expect(String(error)).toContain(String(maxRequestLength));
    expect(requests).toEqual([]);
  });

  it.each([
    ['a bigint', 1n],
    ['a cycle', Object.assign([], { 0: undefined })],
  ])('refuses %s with a hint', async (name, value) => {
    const { requests, provider } = setUp();
    const params: unknown[] = [value];
    if (name === 'a cycle') params.push(params);
    expect(await rejection(provider.request({ method: 'latchkey_use', params }))).toMatchObject({
      code: -32602,
      data: { reason: 'NOT_JSON' },
    });
    expect(requests).toEqual([]);
  });

  it('ignores replies that nobody waits for', async () => {
    const { reply, provider } = setUp();
    const call = provider.request({ method: 'eth_accounts' });
    reply({ type: 'response', id: '9', result: 'stray' });
    reply({ type: 'response', id: '__proto__', result: 'stray' });
    reply({ type: 'response', id: '1', result: 'mine' });
    reply({ type: 'response', id: '1', result: 'late' });
    expect(await call).toBe('mine');
  });
});

describe('provider object', () => {
  it('can not be changed', () => {
    const { provider } = setUp();
    expect(Object.isFrozen(provider)).toBe(true);
    expect(Object.keys(provider)).toEqual(['request', 'on', 'removeListener']);
  });

  it('keeps working when the page replaces builtins, and hands them nothing', async () => {
    const { window, requests, reply, provider } = setUp();
    const spy = vi.fn();
    const saved = { Promise, JSON, Error };
    const { push, map } = Array.prototype;
    const { get } = Map.prototype;
    window.postMessage = spy;
    Object.assign(globalThis, { Promise: spy, JSON: { parse: spy, stringify: spy }, Error: spy });
    Array.prototype.map = spy;
    Map.prototype.get = spy;
    let call: Promise<unknown>;
    try {
      call = provider.request({ method: 'eth_accounts' });
      reply({ type: 'response', id: '1', error: { code: 4100, message: 'Not connected.' } });
    } finally {
      Object.assign(globalThis, saved);
      Object.assign(Array.prototype, { push, map });
      Map.prototype.get = get;
    }
    expect(await rejection(call)).toMatchObject({ code: 4100 });
    expect(requests).toHaveLength(1);
    expect(spy).not.toHaveBeenCalled();
  });
});

describe('events', () => {
  it('reach the listeners in order until these are removed', () => {
    const { reply, provider } = setUp();
    const heard: string[] = [];
    const first = () => heard.push('first');
    const second = (accounts: unknown) => heard.push(`second ${String(accounts)}`);
    provider.on('accountsChanged', first).on('accountsChanged', second).on('connect', first);
    reply({ type: 'event', name: 'accountsChanged', payload: ['0x01'] });
    provider.removeListener('accountsChanged', first).removeListener('accountsChanged', first);
    reply({ type: 'event', name: 'accountsChanged', payload: ['0x02'] });
    reply({ type: 'event', name: 'connect' });
    expect(heard).toEqual(['first', 'second 0x01', 'second 0x02', 'first']);
  });

  it('may be unsubscribed from inside a listener', () => {
    const { reply, provider } = setUp();
    const second = vi.fn();
    const first = () => void provider.removeListener('accountsChanged', first);
    provider.on('accountsChanged', first).on('accountsChanged', second);
    reply({ type: 'event', name: 'accountsChanged', payload: [] });
    expect(second).toHaveBeenCalledOnce();
  });

  it('bring the error of a disconnect as an Error', () => {
    const { reply, provider } = setUp();
    const listener = vi.fn();
    provider.on('disconnect', listener);
    reply({
      type: 'event',
      name: 'disconnect',
      payload: { code: 4900, message: 'Gone.', data: { reason: 'X' } },
    });
    const [error] = listener.mock.calls[0] ?? [];
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ code: 4900, message: 'Gone.', data: { reason: 'X' } });
  });

  it('go on to the next listener when one throws, and the page hears of its own error', () => {
    const { window, reply, provider } = setUp();
    const mistake = new TypeError('the page broke');
    const second = vi.fn();
    provider
      .on('accountsChanged', () => {
        throw mistake;
      })
      .on('accountsChanged', second);
    reply({ type: 'event', name: 'accountsChanged', payload: [] });
    expect(second).toHaveBeenCalledOnce();
    expect(window.reported).toEqual([mistake]);
  });
});
