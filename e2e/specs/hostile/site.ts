import { createServer, type IncomingMessage, type Server } from 'node:http';

/** What a path of the site answers with. */
export type Reply = { body: string; type?: string; headers?: Record<string, string> };

/** A path whose answer depends on what was sent to it, or comes later. */
type Answer = Reply | ((sent: string) => Promise<Reply>);

export type Site = {
  /** `http://127.0.0.1:<port>`: an origin that nobody has asked for anything yet. */
  url: string;
  /** The same pages under the name `localhost`: another origin, and another site. */
  otherUrl: string;
  /** The same pages under an address whose documents get no content script. */
  plainUrl: string;
  stop(): Promise<void>;
};

const host = '127.0.0.1';
const plainHost = '127.0.0.2';
const blank = '<!doctype html><title>site</title><p>site</p>';

const listen = (server: Server, port: number, address: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => {
      const bound = server.address();
      resolve(typeof bound === 'object' && bound ? bound.port : port);
    });
  });

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
};

/** A site of its own on a free port. A path that isn't named answers with a blank page. */
export const startSite = async (pages: Record<string, Answer> = {}): Promise<Site> => {
  const create = () =>
    createServer(async (request, response) => {
      const { pathname } = new URL(request.url ?? '/', `http://${host}`);
      const page = pages[pathname] ?? { body: blank };
      const reply = typeof page === 'function' ? await page(await bodyOf(request)) : page;
      const { body, type = 'text/html; charset=utf-8', headers = {} } = reply;
      response.writeHead(200, { ...headers, 'content-type': type }).end(body);
    });
  const server = create();
  const plain = create();
  const port = await listen(server, 0, host);
  await listen(plain, port, plainHost);
  return {
    url: `http://${host}:${port}`,
    otherUrl: `http://localhost:${port}`,
    plainUrl: `http://${plainHost}:${port}`,
    stop: async () => {
      await Promise.all([close(server), close(plain)]);
    },
  };
};
