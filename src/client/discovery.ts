import { rpcErrorCodes } from '../rpc/errors';
import { LatchkeyError } from './latchkeyError';

/** Source: EIP-1193. */
export type Eip1193Provider = {
  request(args: { method: string; params?: unknown }): Promise<unknown>;
  on(event: string, listener: (payload: unknown) => void): unknown;
  removeListener(event: string, listener: (payload: unknown) => void): unknown;
};

const rdns = 'io.latchkey';

const notInstalled = () =>
  new LatchkeyError({
    code: rpcErrorCodes.disconnected,
    message: 'Latchkey was not found in this browser.',
    reason: 'NOT_INSTALLED',
    action: 'Install the Latchkey extension, then reload this page.',
  });

const hasMethods = (value: object): value is Eip1193Provider =>
  ['request', 'on', 'removeListener'].every((name) => typeof Reflect.get(value, name) === 'function');

const readProvider = (event: Event): Eip1193Provider | undefined => {
  const detail: unknown = Reflect.get(event, 'detail');
  if (typeof detail !== 'object' || detail === null || !('info' in detail && 'provider' in detail))
    return undefined;
  const { info, provider } = detail;
  if (typeof info !== 'object' || info === null || !('rdns' in info) || info.rdns !== rdns) return undefined;
  return typeof provider === 'object' && provider !== null && hasMethods(provider) ? provider : undefined;
};

/**
 * Finds Latchkey's provider.
 * Source: EIP-6963.
 * @param timeoutMs how long to wait for the announcement
 * @throws LatchkeyError 4900 `NOT_INSTALLED`
 */
export const findProvider = (timeoutMs: number, page: EventTarget = window): Promise<Eip1193Provider> =>
  new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      page.removeEventListener('eip6963:announceProvider', listen);
    };
    const listen = (event: Event) => {
      const provider = readProvider(event);
      if (!provider) return;
      stop();
      resolve(provider);
    };
    const timer = setTimeout(() => {
      stop();
      reject(notInstalled());
    }, timeoutMs);
    page.addEventListener('eip6963:announceProvider', listen);
    page.dispatchEvent(new Event('eip6963:requestProvider'));
  });
