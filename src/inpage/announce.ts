import { icon } from './icon';
import type { Provider } from './provider';

/** The part of a window that an announcement uses. */
export type AnnouncingWindow = {
  addEventListener(type: string, listener: () => void): void;
  dispatchEvent(event: Event): boolean;
};

const { freeze } = Object;
const NativeCustomEvent = CustomEvent;

/**
 * Makes the provider known, now and whenever a dapp asks. `window.ethereum` is left alone:
 * it belongs to the wallet that the person already has.
 *
 * Source: EIP-6963.
 */
export const announce = (provider: Provider, window: AnnouncingWindow): void => {
  const info = freeze({ uuid: crypto.randomUUID(), name: 'Latchkey', icon, rdns: 'io.latchkey' });
  const detail = freeze({ info, provider });
  const dispatchEvent = window.dispatchEvent.bind(window);
  const tell = () => void dispatchEvent(new NativeCustomEvent('eip6963:announceProvider', { detail }));
  window.addEventListener('eip6963:requestProvider', tell);
  tell();
};
