import { type ChannelWindow, openPageEnd } from '../messaging/windowChannel';
import { rpcErrorCodes } from '../rpc/errors';
import type { PortEvent, PortResponse } from '../rpc/ports';
import { createListeners, type Listener } from './listeners';
import { ProviderRpcError } from './providerRpcError';
import { requestText } from './requestText';

/** Taken before the page runs, so that what it puts in their place later can't break the provider. */
const { create, freeze } = Object;
const NativePromise = Promise;

type Waiting = { resolve(result: unknown): void; reject(error: ProviderRpcError): void };

/** Source: EIP-1193. */
export type Provider = {
  /** `args.params` must have a JSON form; amounts are hex quantities. Rejects with ProviderRpcError. */
  request(args: { method: string; params?: unknown }): Promise<unknown>;
  /** `accountsChanged`, `connect`, `disconnect`. */
  on(event: string, listener: Listener): Provider;
  removeListener(event: string, listener: Listener): Provider;
};

const malformed = () =>
  new ProviderRpcError(rpcErrorCodes.invalidParams, 'A request is an object with the name of a method.', {
    reason: 'MALFORMED_REQUEST',
    action: 'Call request({ method, params }).',
  });

const readMethod = (args: unknown): { method: string; params: unknown } => {
  if (typeof args !== 'object' || args === null || !('method' in args)) throw malformed();
  const { method } = args;
  if (typeof method !== 'string' || method === '') throw malformed();
  return { method, params: 'params' in args ? args.params : undefined };
};

const readEventPayload = ({ name, payload }: PortEvent): unknown => {
  if (name !== 'disconnect' || typeof payload !== 'object' || payload === null) return payload;
  const { code, message, data }: { code?: unknown; message?: unknown; data?: unknown } = payload;
  return typeof code === 'number' && typeof message === 'string'
    ? new ProviderRpcError(code, message, data)
    : payload;
};

type PageWindow = ChannelWindow & { reportError(error: unknown): void };

/** The EIP-1193 provider of this document, speaking with the content script over the window. */
export const createProvider = (window: PageWindow): Provider => {
  const waiting: { [id: string]: Waiting } = create(null);
  const listeners = createListeners(window.reportError.bind(window));
  let lastId = 0;

  const settle = (reply: PortResponse): void => {
    const request = waiting[reply.id];
    if (!request) return;
    delete waiting[reply.id];
    if (!('error' in reply)) request.resolve(reply.result);
    else request.reject(new ProviderRpcError(reply.error.code, reply.error.message, reply.error.data));
  };

  const post = openPageEnd(window, (reply) => {
    if (reply.type === 'response') settle(reply);
    else listeners.emit(reply.name, readEventPayload(reply));
  });

  const provider: Provider = freeze({
    request: (args) =>
      new NativePromise((resolve, reject) => {
        lastId += 1;
        const id = `${lastId}`;
        const text = requestText({ type: 'request', id, ...readMethod(args) });
        waiting[id] = { resolve, reject };
        post(text);
      }),
    on: (event, listener) => {
      listeners.add(event, listener);
      return provider;
    },
    removeListener: (event, listener) => {
      listeners.remove(event, listener);
      return provider;
    },
  });
  return provider;
};
