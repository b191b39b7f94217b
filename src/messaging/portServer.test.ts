import { beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeMessage, encodeMessage } from '../rpc/codec';
import { RpcError } from '../rpc/errors';
import { FakePort } from './fakePorts';
import { createPopupClient } from './popupClient';
import { type PortHandlers, servePorts } from './portServer';

const runtime = vi.hoisted(() => ({
  id: 'abcdefgh',
  getURL: (path: string) => `chrome-extension://abcdefgh/${path}`,
  onConnect: { addListener: (_listener: (port: unknown) => void) => {} },
  connect: (_options: { name: string }): unknown => undefined,
}));

vi.mock('webextension-polyfill', () => ({ default: { runtime } }));

const page = { id: 'abcdefgh', origin: 'https://dapp.example', frameId: 0, tab: { id: 7 } };
const popup = { id: 'abcdefgh', origin: 'chrome-extension://abcdefgh' };

let accept: (port: FakePort) => void;

beforeEach(() => {
  runtime.onConnect.addListener = (listener) => {
    accept = listener;
  };
});

const serve = (handlers: Partial<PortHandlers> = {}) => {
  const onDappRequest = vi.fn(handlers.onDappRequest ?? (async () => 'dapp answer'));
  const onPopupRequest = vi.fn(handlers.onPopupRequest ?? (async () => 'popup answer'));
  const server = servePorts({ onDappRequest, onPopupRequest });
  return { server, onDappRequest, onPopupRequest };
};

const connect = (name: string, sender: unknown) => {
  const { near, far } = FakePort.pair(name, sender);
  const messages: unknown[] = [];
  const next: ((message: unknown) => void)[] = [];
  near.onMessage.addListener((message) => {
    const decoded = decodeMessage(String(message));
    messages.push(decoded);
    next.shift()?.(decoded);
  });
  accept(far);
  const post = (message: unknown) =>
    new Promise<unknown>((resolve) => {
      next.push(resolve);
      near.postMessage(message);
    });
  const ask = (method: string, params?: unknown, id = '1') =>
    post(encodeMessage({ type: 'request', id, method, params }));
  return { near, messages, post, ask };
};

describe('dapp ports', () => {
  it("answers with the browser's word on who asks", async () => {
    const { onDappRequest } = serve();
    const answer = await connect('latchkey.dapp', { ...page, documentId: 'D1' }).ask('eth_accounts', []);
    expect(answer).toEqual({ type: 'response', id: '1', result: 'dapp answer' });
    expect(onDappRequest).toHaveBeenCalledWith(
      { method: 'eth_accounts', params: [] },
      { origin: 'https://dapp.example', tabId: 7, documentId: 'D1' },
      expect.any(AbortSignal),
    );
  });

  it.each([
    ['sandboxed', { ...page, origin: 'null' }, 'ORIGIN_OPAQUE'],
    ['framed', { ...page, frameId: 2 }, 'NOT_TOP_FRAME'],
    ['prerendered', { ...page, documentLifecycle: 'prerender' }, 'PRERENDERED'],
    ['extension', { ...popup, frameId: 0, tab: { id: 1 } }, 'ORIGIN_OPAQUE'],
  ])('tells a %s document why it is not served', async (_name, sender, reason) => {
    const { onDappRequest } = serve();
    expect(await connect('latchkey.dapp', sender).ask('eth_accounts')).toMatchObject({
      error: { code: 4100, data: { reason } },
    });
    expect(onDappRequest).not.toHaveBeenCalled();
  });

  it('never takes an origin from the message', async () => {
    const { onDappRequest } = serve();
    const forged = { type: 'request', id: '1', method: 'eth_accounts', origin: 'https://bank.example' };
    expect(await connect('latchkey.dapp', page).post(encodeMessage(forged))).toMatchObject({
      error: { code: -32602, data: { reason: 'MALFORMED_REQUEST' } },
    });
    expect(onDappRequest).not.toHaveBeenCalled();
  });

  it.each([
    ['an object instead of text', { type: 'request', id: '1', method: 'a' }],
    ['text that is not JSON', '{'],
    ['a request without id', encodeMessage({ type: 'request', method: 'a' })],
    [
      'a request above the limit',
      encodeMessage({ type: 'request', id: '1', method: 'a', params: 'x'.repeat(1_048_800) }),
    ],
  ])('closes the port at %s', (_name, message) => {
    const { onDappRequest } = serve();
    const { near } = connect('latchkey.dapp', page);
    near.postMessage(message);
    expect(near.isOpen).toBe(false);
    expect(onDappRequest).not.toHaveBeenCalled();
  });

  it('passes typed errors on', async () => {
    serve({
      onDappRequest: async () => {
        throw new RpcError(4001, 'Rejected.', {
          reason: 'REJECTED',
          action: 'Ask again.',
          details: { a: 1 },
        });
      },
    });
    expect(await connect('latchkey.dapp', page).ask('latchkey_prepare')).toEqual({
      type: 'response',
      id: '1',
      error: {
        code: 4001,
        message: 'Rejected.',
        data: { reason: 'REJECTED', action: 'Ask again.', details: { a: 1 } },
      },
    });
  });

  it('hides what went wrong inside and logs it', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const secret = new TypeError('key 0xsecret');
    serve({ onDappRequest: () => Promise.reject(secret) });
    const answer = await connect('latchkey.dapp', page).ask('latchkey_use');
    expect(answer).toMatchObject({ error: { code: -32603, data: { reason: 'INTERNAL' } } });
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(logged).toHaveBeenCalledWith(secret);
    logged.mockRestore();
  });

  it('tells a request whose page is gone', async () => {
    const { onDappRequest } = serve({ onDappRequest: () => new Promise(() => undefined) });
    const { near, ask } = connect('latchkey.dapp', page);
    void ask('latchkey_prepare');
    const other = connect('latchkey.dapp', page);
    void other.ask('latchkey_prepare');
    const gone = () => onDappRequest.mock.calls.map(([, , signal]) => signal.aborted);
    expect(gone()).toEqual([false, false]);
    near.disconnect();
    expect(gone()).toEqual([true, false]);
  });

  it('limits how many requests of one port wait', async () => {
    const { onDappRequest } = serve({ onDappRequest: () => new Promise(() => undefined) });
    const { ask, messages } = connect('latchkey.dapp', page);
    for (let sent = 0; sent < 256; sent += 1) void ask('a', undefined, `waiting-${sent}`);
    void ask('a', undefined, 'last');
    await vi.waitFor(() => expect(messages).toMatchObject([{ id: 'last', error: { code: -32002 } }]));
    expect(onDappRequest).toHaveBeenCalledTimes(256);
  });

  it('sends events to the pages of one origin only, and none to closed or refused ports', () => {
    const { server } = serve();
    const here = connect('latchkey.dapp', page);
    const elsewhere = connect('latchkey.dapp', { ...page, origin: 'https://other.example' });
    const framed = connect('latchkey.dapp', { ...page, frameId: 1 });
    const closed = connect('latchkey.dapp', page);
    closed.near.disconnect();
    server.emitToOrigin('https://dapp.example', 'accountsChanged', ['0x01']);
    expect(here.messages).toEqual([{ type: 'event', name: 'accountsChanged', payload: ['0x01'] }]);
    expect([elsewhere.messages, framed.messages, closed.messages]).toEqual([[], [], []]);
  });
});

describe('popup ports', () => {
  it('serves the own page, bigints included', async () => {
    const { onPopupRequest } = serve({ onPopupRequest: async () => ({ amount: 5n }) });
    const answer = await connect('latchkey.popup', popup).ask('getState', { limit: 2n ** 128n });
    expect(answer).toEqual({ type: 'response', id: '1', result: { amount: 5n } });
    expect(onPopupRequest).toHaveBeenCalledWith({ method: 'getState', params: { limit: 2n ** 128n } });
  });

  it.each([
    ['a content script that names itself popup', 'latchkey.popup', page],
    [
      'another extension as popup',
      'latchkey.popup',
      { id: 'stranger', origin: 'chrome-extension://stranger' },
    ],
    ['another extension as dapp', 'latchkey.dapp', { ...page, id: 'stranger' }],
    ['an unknown name', 'latchkey.other', popup],
  ])('closes the port of %s', (_name, portName, sender) => {
    const { onPopupRequest, onDappRequest } = serve();
    expect(connect(portName, sender).near.isOpen).toBe(false);
    expect(onPopupRequest).not.toHaveBeenCalled();
    expect(onDappRequest).not.toHaveBeenCalled();
  });
});

describe('popup client', () => {
  const ports: FakePort[] = [];

  beforeEach(() => {
    ports.length = 0;
    runtime.connect = ({ name }) => {
      const { near, far } = FakePort.pair(name, popup);
      ports.push(far);
      accept(far);
      return near;
    };
  });

  it('calls the background and rebuilds its errors', async () => {
    serve({
      onPopupRequest: async ({ method, params }) => {
        if (method === 'getRequest') return params;
        throw new RpcError(4100, 'Wrong password.', { reason: 'WRONG_PASSWORD', action: 'Type it again.' });
      },
    });
    const client = createPopupClient();
    expect(await client.call('getRequest', { id: 'r1' })).toEqual({ id: 'r1' });
    const refused = client.call('unlock', { password: 'x' });
    await expect(refused).rejects.toBeInstanceOf(RpcError);
    await expect(refused).rejects.toMatchObject({ code: 4100, data: { reason: 'WRONG_PASSWORD' } });
  });

  it('asks nothing when its port is lost, so that an idle worker may rest', async () => {
    serve();
    await createPopupClient().call('getState');
    ports[0]?.disconnect();
    await new Promise((resolve) => setTimeout(resolve));
    expect(ports).toHaveLength(1);
  });

  it('does not repeat a decision that lost its port', async () => {
    const { onPopupRequest } = serve({ onPopupRequest: () => new Promise(() => undefined) });
    const client = createPopupClient();
    const digest = `0x${'00'.repeat(32)}` as const;
    const approve = client.call('approve', { reviewId: 'r1', digest });
    ports[0]?.disconnect();
    await expect(approve).rejects.toMatchObject({ code: 4900, data: { reason: 'CONNECTION_LOST' } });
    expect(onPopupRequest).toHaveBeenCalledOnce();
  });
});
