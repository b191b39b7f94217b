import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that is kept back before it is forwarded. */
export type HeldRequest = {
  /** Resolves once it is here. */
  reached: Promise<void>;
  /** Resolves once its sender has gone away. */
  dropped: Promise<void>;
  /** Forwards it, unless its sender has gone away. */
  release(): void;
};

/** Stands between the extension and a server, and forwards what it isn't told to hold. */
export type Gateway = {
  /** The server's address through the gateway. */
  url: string;
  /** Holds the next request of which `<METHOD> <path> <body>` matches. */
  hold(text: RegExp): HeldRequest;
  stop(): Promise<void>;
};

type Hold = {
  text: RegExp;
  reach(): void;
  drop(): void;
  released: Promise<void>;
};

const readBody = async (message: IncomingMessage): Promise<string> => {
  let body = '';
  for await (const chunk of message.setEncoding('utf8')) body += chunk;
  return body;
};

export const startGateway = async (target: string): Promise<Gateway> => {
  const { origin, pathname } = new URL(target);
  let next: Hold | undefined;

  const pass = async (text: string, response: ServerResponse): Promise<void> => {
    const hold = next;
    if (!hold?.text.test(text)) return;
    next = undefined;
    response.once('close', hold.drop);
    hold.reach();
    await hold.released;
  };

  const forward = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/', headers } = message;
    const body = await readBody(message);
    await pass(`${method} ${url} ${body}`, response);
    if (response.closed) return;
    const { 'content-type': type = 'application/json' } = headers;
    const init = body === '' ? {} : { body, headers: { 'content-type': type } };
    const answer = await fetch(`${origin}${url}`, { method, ...init });
    const text = await answer.text();
    const allowed = [...answer.headers].filter(([name]) => name.startsWith('access-control-'));
    response.writeHead(answer.status, { ...Object.fromEntries(allowed), 'content-type': type }).end(text);
  };

  const server = createServer((message, response) => {
    forward(message, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}${pathname === '/' ? '' : pathname}`,
    hold: (text) => {
      let reach = (): void => undefined;
      let drop = (): void => undefined;
      let release = (): void => undefined;
      const reached = new Promise<void>((resolve) => {
        reach = resolve;
      });
      const dropped = new Promise<void>((resolve) => {
        drop = resolve;
      });
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      next = { text, reach, drop, released };
      return {
        reached,
        dropped,
        release: () => {
          if (next?.released === released) next = undefined;
          release();
        },
      };
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
