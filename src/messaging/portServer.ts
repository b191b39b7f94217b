import browser from 'webextension-polyfill';
import { decodeMessage, encodeMessage } from '../rpc/codec';
import { RpcError, rpcErrorCodes } from '../rpc/errors';
import { type PortEvent, type PortRequest, type PortResponse, portNames } from '../rpc/ports';
import { maxPortTextLength, maxWaiting, readId, readPortRequest } from './envelope';
import type { Outcome, PortLike } from './requestPort';
import { type DappSender, isOwnPort, isPopupSender, readDappSender, type Self } from './sender';

type Request = { method: string; params: unknown; waited?: number };

export type PortHandlers = {
  /**
   * Answers a page. What it throws is told to the page if it is an RpcError, else as an internal error. `gone` is aborted
   * when the page is closed or left.
   */
  onDappRequest(request: Request, sender: DappSender, gone: AbortSignal): Promise<unknown>;
  /** Answers one of the extension's own pages. */
  onPopupRequest(request: Request): Promise<unknown>;
};

export type PortServer = {
  /** Sends an event of EIP-1193 to every open page of the origin that has asked something since the worker started. */
  emitToOrigin(origin: string, name: string, payload: unknown): void;
};

const malformed = () =>
  new RpcError(rpcErrorCodes.invalidParams, 'The message is not a request.', {
    reason: 'MALFORMED_REQUEST',
    action: 'Call the provider with an object that has a method and params.',
  });

const tooMany = () =>
  new RpcError(
    rpcErrorCodes.tooManyRequests,
    `${maxWaiting} requests of this page wait for an answer already.`,
    {
      reason: 'TOO_MANY_REQUESTS',
      action: 'Wait until earlier requests are answered.',
    },
  );

const internal = (cause: unknown): RpcError => {
  console.error(cause);
  return new RpcError(rpcErrorCodes.internal, 'Latchkey hit an internal error.', {
    reason: 'INTERNAL',
    action: 'Try again; if it happens again, lock and unlock Latchkey.',
  });
};

const toOutcome = async (answer: Promise<unknown>): Promise<Outcome> => {
  try {
    return { result: await answer };
  } catch (error) {
    return { error: (error instanceof RpcError ? error : internal(error)).toJSON() };
  }
};

const decode = (message: unknown): unknown => {
  if (typeof message !== 'string' || message.length > maxPortTextLength) return undefined;
  try {
    return decodeMessage(message);
  } catch {
    return undefined;
  }
};

/** One accepted port. */
class ServedPort {
  readonly #port: PortLike;
  readonly #answer: (request: Request) => Promise<unknown>;
  readonly #closed: () => void;
  #waiting = 0;

  constructor(
    port: PortLike,
    answer: (request: Request) => Promise<unknown>,
    closed: (port: ServedPort) => void = () => undefined,
  ) {
    this.#port = port;
    this.#answer = answer;
    this.#closed = () => closed(this);
    port.onMessage.addListener((message) => void this.#receive(message));
    port.onDisconnect.addListener(this.#closed);
  }

  emit(name: string, payload?: unknown): void {
    this.#post({ type: 'event', name, payload });
  }

  async #receive(message: unknown): Promise<void> {
    const value = decode(message);
    const request = readPortRequest(value);
    const id = readId(value);
    if (id !== undefined) {
      this.#post({ type: 'response', id, ...(await toOutcome(this.#run(request))) });
      return;
    }
    this.#port.disconnect();
    this.#closed();
  }

  async #run(request: PortRequest | undefined): Promise<unknown> {
    if (!request) throw malformed();
    if (this.#waiting >= maxWaiting) throw tooMany();
    this.#waiting += 1;
    try {
      const { method, params, waited } = request;
      return await this.#answer({ method, params, ...(waited !== undefined && { waited }) });
    } finally {
      this.#waiting -= 1;
    }
  }

  #post(message: PortResponse | PortEvent): void {
    const text = encodeMessage(message);
    try {
      this.#port.postMessage(text);
    } catch {
      // The other side is gone; it asks again on its next port.
    }
  }
}

/**
 * Serves the ports of pages and of the extension's own pages. Call it synchronously while the worker
 * starts, or the port that woke the worker finds no one. Who a port belongs to is read from the
 * browser's `port.sender` alone, once per port.
 */
export const servePorts = (handlers: PortHandlers): PortServer => {
  const self: Self = { id: browser.runtime.id, baseUrl: browser.runtime.getURL('') };
  const dapps = new Map<ServedPort, string>();

  const servePopup = (port: PortLike): void => {
    const answer = (request: Request) => handlers.onPopupRequest(request);
    new ServedPort(port, answer);
  };

  const serveDapp = (port: PortLike, sender: DappSender): void => {
    const gone = new AbortController();
    const answer = (request: Request) => handlers.onDappRequest(request, sender, gone.signal);
    const closed = (served: ServedPort): void => {
      dapps.delete(served);
      gone.abort();
    };
    dapps.set(new ServedPort(port, answer, closed), sender.origin);
  };

  /** Tells a page why it isn't served, instead of leaving it to guess at a closed port. */
  const refuseDapp = (port: PortLike, refusal: RpcError): void => {
    new ServedPort(port, () => Promise.reject(refusal));
  };

  browser.runtime.onConnect.addListener((port) => {
    if (!isOwnPort(port.sender, self)) port.disconnect();
    else if (port.name === portNames.popup && isPopupSender(port.sender, self)) servePopup(port);
    else if (port.name !== portNames.dapp) port.disconnect();
    else {
      const sender = readDappSender(port.sender);
      if (sender instanceof RpcError) refuseDapp(port, sender);
      else serveDapp(port, sender);
    }
  });

  return {
    emitToOrigin: (origin, name, payload) => {
      for (const [dapp, itsOrigin] of dapps) if (itsOrigin === origin) dapp.emit(name, payload);
    },
  };
};
