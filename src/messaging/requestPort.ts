import { decodeMessage, encodeMessage } from '../rpc/codec';
import { RpcError, rpcErrorCodes } from '../rpc/errors';
import type { PortEvent, PortRequest, PortResponse } from '../rpc/ports';
import { isDeeperThan, maxDepth, maxPortTextLength, maxWaiting, readReply } from './envelope';

/** The part of an extension port that this side uses. */
export type PortLike = {
  postMessage(message: unknown): void;
  disconnect(): void;
  onMessage: { addListener(listener: (message: unknown) => void): void };
  onDisconnect: { addListener(listener: () => void): void };
};

type WithoutEnvelope<Response> = Response extends unknown ? Omit<Response, 'type' | 'id'> : never;

/** An answer: `result` or `error`. */
export type Outcome = WithoutEnvelope<PortResponse>;

export type RequestPortOptions = {
  /** Opens a port to the background, which starts the worker if need be. Throws when the extension is gone. */
  connect(): PortLike;
  onEvent(event: PortEvent): void;
  /** Tells an updated or removed extension, whose ports end without an event. Asked every second while requests wait. */
  isAlive?(): boolean;
  /** Whether a request that lost its port may be sent again. The others fail with `CONNECTION_LOST`. */
  mayRepeat(method: string): boolean;
};

/** Pauses in milliseconds before each try to reopen a port that died young. After the last, requests fail. */
const pauses = [0, 100, 300, 1000, 3000];
/** A port that lived this long in milliseconds, or answered, was a good one: its worker ended in the normal way. */
const goodLife = 1000;
const watchInterval = 1000;

const reloaded = () =>
  new RpcError(rpcErrorCodes.disconnected, 'Latchkey was updated or turned off while this page was open.', {
    reason: 'EXTENSION_RELOADED',
    action: 'Reload the page.',
  });

const unreachable = () =>
  new RpcError(rpcErrorCodes.disconnected, "Latchkey's background does not answer.", {
    reason: 'BACKGROUND_UNREACHABLE',
    action: 'Try again; if it stays so, turn the extension off and on and reload the page.',
  });

const connectionLost = () =>
  new RpcError(rpcErrorCodes.disconnected, 'The connection was lost before the answer came.', {
    reason: 'CONNECTION_LOST',
    action: 'Look at the present state, then try again if it is still open.',
  });

const tooLong = () =>
  new RpcError(rpcErrorCodes.invalidParams, `A request may have ${maxPortTextLength} characters at most.`, {
    reason: 'REQUEST_TOO_LONG',
    action: 'Send less in one request.',
  });

const tooDeep = () =>
  new RpcError(rpcErrorCodes.invalidParams, `The params may be nested ${maxDepth} levels deep at most.`, {
    reason: 'REQUEST_TOO_DEEP',
    action: 'Send plain params as the method describes them.',
  });

const tooMany = () =>
  new RpcError(rpcErrorCodes.tooManyRequests, `${maxWaiting} requests wait for an answer already.`, {
    reason: 'TOO_MANY_REQUESTS',
    action: 'Wait until earlier requests are answered.',
  });

type Waiting = { request: PortRequest; firstSent?: number; settle(outcome: Outcome): void };

/**
 * A port to the background that outlives the background's worker. It is opened by the first request,
 * and opened again when it drops while requests wait; these are sent again under the same id.
 */
export class RequestPort {
  readonly #options: RequestPortOptions;
  readonly #waiting = new Map<string, Waiting>();
  #port: PortLike | undefined;
  #openedAt = 0;
  #youngDeaths = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #watch: ReturnType<typeof setInterval> | undefined;
  #suspended = false;
  #lastId = 0;

  constructor(options: RequestPortOptions) {
    this.#options = options;
  }

  /** Sends a request. Never rejects: failures of the way are an `error` outcome too. */
  send({ method, params }: Pick<PortRequest, 'method' | 'params'>): Promise<Outcome> {
    if (isDeeperThan(maxDepth, params)) return Promise.resolve({ error: tooDeep().toJSON() });
    const id = String(++this.#lastId);
    const request: PortRequest = { type: 'request', id, method, params };
    if (encodeMessage(request).length > maxPortTextLength)
      return Promise.resolve({ error: tooLong().toJSON() });
    if (this.#waiting.size >= maxWaiting) return Promise.resolve({ error: tooMany().toJSON() });
    return new Promise((settle) => {
      const waiting: Waiting = { request, settle };
      this.#waiting.set(id, waiting);
      this.#startWatch();
      if (this.#port) this.#post(this.#port, waiting);
      else this.#open();
    });
  }

  /** Opens the port unless it is open, waits for its next try, or is suspended. */
  #open(): void {
    if (this.#port || this.#timer !== undefined || this.#suspended) return;
    try {
      this.#port = this.#options.connect();
    } catch {
      this.#failAll(reloaded());
      return;
    }
    this.#openedAt = Date.now();
    this.#attach(this.#port);
    for (const waiting of this.#waiting.values()) this.#post(this.#port, waiting);
  }

  /** Closes the port; requests wait until {@link resume}. */
  suspend(): void {
    this.#suspended = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const port = this.#port;
    this.#port = undefined;
    port?.disconnect();
  }

  /** Ends {@link suspend}; what waits is sent again. */
  resume(): void {
    this.#suspended = false;
    if (this.#waiting.size > 0) this.#open();
  }

  #attach(port: PortLike): void {
    port.onMessage.addListener((message) => {
      if (port === this.#port) this.#receive(message);
    });
    port.onDisconnect.addListener(() => this.#lose(port));
  }

  #post(port: PortLike, waiting: Waiting): void {
    const now = Date.now();
    const again = waiting.firstSent === undefined ? {} : { waited: now - waiting.firstSent };
    waiting.firstSent ??= now;
    try {
      port.postMessage(encodeMessage({ ...waiting.request, ...again }));
    } catch {
      this.#lose(port);
    }
  }

  #receive(message: unknown): void {
    const reply = typeof message === 'string' ? readReply(decodeMessage(message)) : undefined;
    if (!reply) return;
    if (reply.type === 'event') {
      this.#options.onEvent(reply);
      return;
    }
    this.#youngDeaths = 0;
    const { type: _type, id, ...outcome } = reply;
    this.#settle(id, outcome);
  }

  #settle(id: string, outcome: Outcome): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#stopWatch();
    waiting?.settle(outcome);
  }

  #startWatch(): void {
    const { isAlive } = this.#options;
    if (!isAlive || this.#watch !== undefined) return;
    this.#watch = setInterval(() => {
      if (!isAlive()) this.#failAll(reloaded());
    }, watchInterval);
  }

  #stopWatch(): void {
    clearInterval(this.#watch);
    this.#watch = undefined;
  }

  #lose(port: PortLike): void {
    if (port !== this.#port) return;
    this.#port = undefined;
    this.#youngDeaths = Date.now() - this.#openedAt < goodLife ? this.#youngDeaths + 1 : 1;
    for (const [id, { request }] of this.#waiting) {
      if (!this.#options.mayRepeat(request.method)) this.#settle(id, { error: connectionLost().toJSON() });
    }
    if (this.#waiting.size > 0) this.#reopenSoon();
  }

  #reopenSoon(): void {
    const pause = pauses[this.#youngDeaths - 1];
    if (pause === undefined) {
      this.#youngDeaths = 0;
      this.#failAll(unreachable());
      return;
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#open();
    }, pause);
  }

  #failAll(error: RpcError): void {
    for (const id of this.#waiting.keys()) this.#settle(id, { error: error.toJSON() });
    this.#options.onEvent({ type: 'event', name: 'disconnect', payload: error.toJSON() });
  }
}
