import { describe, expect, it } from 'vitest';
import { isOwnPort, isPopupSender, readDappSender } from './sender';

const self = { id: 'abcdefgh', baseUrl: 'chrome-extension://abcdefgh/' };
const page = {
  id: 'abcdefgh',
  origin: 'https://dapp.example',
  url: 'https://dapp.example/swap',
  frameId: 0,
  tab: { id: 7, url: 'https://dapp.example/swap' },
  documentId: 'D1',
  documentLifecycle: 'active',
};

describe('readDappSender', () => {
  it('reads origin, tab and document', () => {
    expect(readDappSender(page)).toEqual({ origin: 'https://dapp.example', tabId: 7, documentId: 'D1' });
  });

  it('takes the local origins that development uses', () => {
    expect(readDappSender({ ...page, origin: 'http://localhost:5173' })).toMatchObject({
      origin: 'http://localhost:5173',
    });
  });

  it.each([
    ['a sandboxed document whose URL looks right', { ...page, origin: 'null' }, 'ORIGIN_OPAQUE'],
    ['an extension page', { ...page, origin: 'chrome-extension://abcdefgh' }, 'ORIGIN_OPAQUE'],
    ['a file', { ...page, origin: 'file://' }, 'ORIGIN_OPAQUE'],
    ['a frame', { ...page, frameId: 3 }, 'NOT_TOP_FRAME'],
    ['no frame id', { ...page, frameId: undefined }, 'SENDER_UNKNOWN'],
    ['a prerendered document', { ...page, documentLifecycle: 'prerender' }, 'PRERENDERED'],
    ['no tab', { id: page.id, origin: page.origin, url: page.url, frameId: 0 }, 'SENDER_UNKNOWN'],
    ['a tab without id', { ...page, tab: {} }, 'SENDER_UNKNOWN'],
    ['no origin', { id: page.id, url: page.url, frameId: 0, tab: page.tab }, 'SENDER_UNKNOWN'],
    ['no sender', undefined, 'SENDER_UNKNOWN'],
  ])('refuses %s', (_name, sender, reason) => {
    expect(readDappSender(sender)).toMatchObject({ code: 4100, data: { reason } });
  });
});

describe('isOwnPort', () => {
  it('knows this extension from another', () => {
    expect(isOwnPort(page, self)).toBe(true);
    expect(isOwnPort({ ...page, id: 'stranger' }, self)).toBe(false);
    expect(isOwnPort({ url: page.url }, self)).toBe(false);
    expect(isOwnPort(undefined, self)).toBe(false);
  });
});

describe('isPopupSender', () => {
  const popup = { id: self.id, url: `${self.baseUrl}src/popup/index.html` };

  it.each([
    ['the popup', { ...popup, origin: 'chrome-extension://abcdefgh' }],
    ['the popup in a tab', { ...popup, origin: 'chrome-extension://abcdefgh', tab: { id: 1 }, frameId: 0 }],
    ['the popup where the browser gives no origin', popup],
  ])('takes %s', (_name, sender) => {
    expect(isPopupSender(sender, self)).toBe(true);
  });

  it.each([
    ['a content script', page],
    ['a page with the look of the popup in its URL', { ...popup, origin: 'https://evil.example' }],
    ['a sandboxed document with the URL of the popup', { ...popup, origin: 'null' }],
    ['another extension', { ...popup, origin: 'chrome-extension://abcdefghi' }],
    [
      'a URL that only starts alike',
      { id: self.id, url: 'chrome-extension://abcdefghi/src/popup/index.html' },
    ],
    ['nothing', {}],
  ])('refuses %s', (_name, sender) => {
    expect(isPopupSender(sender, self)).toBe(false);
  });
});
