import { describe, expect, it } from 'vitest';
import { maxRequestLength, type PortEvent, type PortRequest, type PortResponse } from '../rpc/ports';
import { FakeWindow } from './fakeWindow';
import { hasOrigin, openContentEnd, openPageEnd } from './windowChannel';

const request: PortRequest = { type: 'request', id: '1', method: 'eth_accounts', params: [] };
const text = JSON.stringify(request);
const genuine = { channel: 'io.latchkey.channel.1', direction: 'toExtension', text };

const listen = () => {
  const window = new FakeWindow();
  const requests: PortRequest[] = [];
  const reply = openContentEnd(window, (received) => requests.push(received));
  return { window, requests, reply };
};

describe('window channel', () => {
  it('carries a request to the content script and a reply back', () => {
    const { window, requests, reply } = listen();
    const replies: (PortResponse | PortEvent)[] = [];
    const send = openPageEnd(window, (received) => replies.push(received));
    send(text);
    reply({ type: 'response', id: '1', result: ['0x01'] });
    expect(requests).toEqual([request]);
    expect(replies).toEqual([{ type: 'response', id: '1', result: ['0x01'] }]);
  });

  it('takes a genuine message', () => {
    const { window, requests } = listen();
    window.deliver(genuine);
    expect(requests).toEqual([request]);
  });

  it.each([
    ['another window', genuine, { source: new FakeWindow() }],
    ['no source', genuine, { source: null }],
    ['another origin', genuine, { origin: 'https://evil.example' }],
    ['an opaque origin', genuine, { origin: 'null' }],
  ])('refuses %s', (_name, data, from) => {
    const { window, requests } = listen();
    window.deliver(data, from);
    expect(requests).toEqual([]);
  });

  it.each([
    ['another channel', { ...genuine, channel: 'other' }],
    ['its own direction', { ...genuine, direction: 'toPage' }],
    ['no text', { channel: genuine.channel, direction: genuine.direction }],
    ['an object in place of the text', { ...genuine, text: request }],
    ['text that is not JSON', { ...genuine, text: `${text}}` }],
    [
      'text with an unknown field',
      { ...genuine, text: JSON.stringify({ ...request, origin: 'https://a.example' }) },
    ],
    ['text that is a reply', { ...genuine, text: JSON.stringify({ type: 'response', id: '1', result: 1 }) }],
    ['a bare string', text],
    ['null', null],
  ])('refuses %s', (_name, data) => {
    const { window, requests } = listen();
    window.deliver(data);
    expect(requests).toEqual([]);
  });

  it('takes the longest request and refuses a longer one', () => {
    const { window, requests } = listen();
    const padding = (length: number) => JSON.stringify({ ...request, params: ['x'.repeat(length)] });
    const room = maxRequestLength - padding(0).length;
    window.deliver({ ...genuine, text: padding(room + 1) });
    expect(requests).toHaveLength(0);
    window.deliver({ ...genuine, text: padding(room) });
    expect(requests).toHaveLength(1);
  });

  it('keeps working when the page replaces what it was built with', () => {
    const { window, requests } = listen();
    const send = openPageEnd(window, () => undefined);
    const { parse } = JSON;
    JSON.parse = () => ({});
    window.postMessage = () => undefined;
    try {
      send(text);
    } finally {
      JSON.parse = parse;
    }
    expect(requests).toEqual([request]);
  });
});

describe('hasOrigin', () => {
  it('knows a sandboxed document', () => {
    expect(hasOrigin({ origin: 'null' })).toBe(false);
    expect(hasOrigin({ origin: 'https://dapp.example' })).toBe(true);
  });
});
