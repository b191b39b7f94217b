import type { Frame, Page } from '@playwright/test';
import type { Answer } from '../../flows/provider';

type Provider = {
  request(request: { method: string; params?: unknown }): Promise<unknown>;
  on(event: string, listener: (payload: unknown) => void): Provider;
};

declare global {
  interface Window {
    /** The provider, as the page's own scripts keep it. */
    held: Provider;
    /** Accounts that the page was told of, in order. */
    heard: unknown[];
    /** Outcomes of the calls that are under way, by name. */
    calls: Record<string, Promise<Answer>>;
    /** What `pageshow` said last. */
    persisted: boolean;
    /** Every message event of the window. */
    messages: unknown[];
  }
}

/** Whether the provider makes itself known in a document (EIP-6963). */
export const isAnnounced = (document: Page | Frame): Promise<boolean> =>
  document.evaluate(() => {
    let known = false;
    window.addEventListener('eip6963:announceProvider', (event) => {
      known ||= (event as CustomEvent).detail.info.rdns === 'io.latchkey';
    });
    window.dispatchEvent(new Event('eip6963:requestProvider'));
    return known;
  });

/** Takes the provider, listens to its events, and remembers how the page was shown. */
export const hold = (page: Page): Promise<void> =>
  page.evaluate(() => {
    window.heard = [];
    window.calls = {};
    window.messages = [];
    window.addEventListener('message', ({ data }) => window.messages.push(data));
    window.addEventListener('pageshow', ({ persisted }) => {
      window.persisted = persisted;
    });
    window.addEventListener('eip6963:announceProvider', (event) => {
      const { info, provider } = (event as CustomEvent).detail;
      if (info.rdns !== 'io.latchkey' || window.held) return;
      window.held = provider;
      window.held.on('accountsChanged', (accounts) => window.heard.push(accounts));
    });
    window.dispatchEvent(new Event('eip6963:requestProvider'));
  });

/** Starts a call and doesn't wait for its answer. */
export const begin = (page: Page, name: string, method: string, params?: unknown): Promise<void> =>
  page.evaluate(
    ([name, method, params]) => {
      window.calls[name as string] = window.held.request({ method: method as string, params }).then(
        (result) => ({ result }),
        (error) => ({
          error: {
            code: error.code,
            message: error.message,
            data: error.data,
            isError: error instanceof Error,
          },
        }),
      );
    },
    [name, method, params],
  );

/** The answer of a call that was begun. */
export const outcome = (page: Page, name: string): Promise<Answer> =>
  page.evaluate((name) => window.calls[name] as Promise<Answer>, name);

/** Calls and waits for the answer. */
export const ask = async (page: Page, method: string, params?: unknown): Promise<Answer> => {
  await begin(page, method, method, params);
  return outcome(page, method);
};

/** Posts a text on the extension's channel, as a script of the page can, and as `from` a frame can to its parent. */
export const postOnChannel = (
  document: Page | Frame,
  direction: 'toExtension' | 'toPage',
  message: unknown,
  target: 'self' | 'parent' | 'opener' = 'self',
): Promise<void> =>
  document.evaluate(
    ([direction, text, target]) => {
      const channel = 'io.latchkey.channel.1';
      const to = target === 'parent' ? window.parent : target === 'opener' ? window.opener : window;
      to.postMessage({ channel, direction, text }, '*');
    },
    [direction, JSON.stringify(message), target] as const,
  );
