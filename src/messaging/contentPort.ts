/// <reference types="chrome" />
import { type PortEvent, portNames } from '../rpc/ports';
import { type PortLike, RequestPort } from './requestPort';

/** The part of a document's window that tells when the document is alive. */
type Lifecycle = {
  document: { readonly prerendering?: boolean; addEventListener(type: string, listener: () => void): void };
  addEventListener(type: 'pagehide', listener: () => void): void;
  addEventListener(type: 'pageshow', listener: (event: { persisted: boolean }) => void): void;
};

/** Uses `chrome` alone: the polyfill would be parsed on every page, and ports need no promises. */
const connectToBackground = (): PortLike => {
  const port = chrome.runtime.connect({ name: portNames.dapp });
  // Reading the error tells the browser that it is handled, or it logs it on the page's console.
  port.onDisconnect.addListener(() => void chrome.runtime.lastError);
  return port;
};

/** After an update or removal the old content script stays in the page, with nothing behind its `chrome`. */
const isAlive = (): boolean => chrome.runtime?.id !== undefined;

/**
 * The content script's port to the background. Every request that loses its port is sent again:
 * reads are harmless, and the others are attached to by their `requestId` or by the page's origin.
 * It rests while the document is prerendered or kept in the back/forward cache. A document that has
 * asked anything is told its accounts when it comes back from there: it may have missed their change.
 */
export const openContentPort = (
  onEvent: (event: PortEvent) => void,
  page: Lifecycle,
  extension: { connect(): PortLike; isAlive(): boolean } = { connect: connectToBackground, isAlive },
): Pick<RequestPort, 'send'> => {
  const port = new RequestPort({ ...extension, onEvent, mayRepeat: () => true });
  let hasAsked = false;

  const tellAccounts = async (): Promise<void> => {
    const answer = await port.send({ method: 'eth_accounts' });
    if ('result' in answer) onEvent({ type: 'event', name: 'accountsChanged', payload: answer.result });
  };

  if (page.document.prerendering) {
    port.suspend();
    page.document.addEventListener('prerenderingchange', () => port.resume());
  }
  page.addEventListener('pagehide', () => port.suspend());
  page.addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return;
    port.resume();
    if (hasAsked) void tellAccounts();
  });
  return {
    send: (request) => {
      hasAsked = true;
      return port.send(request);
    },
  };
};
