import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Received = { method: string; path: string; headers: IncomingMessage['headers']; body: string };

type Answer = { status?: number; body: string } | 'drop';

/** A real HTTP server on a free port of this machine that answers as the test says. */
export const startLocalServer = async (answer: (request: Received) => Answer | Promise<Answer>) => {
  const received: Received[] = [];
  const respond = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    let body = '';
    for await (const chunk of message) body += chunk;
    const request = { method: message.method ?? '', path: message.url ?? '', headers: message.headers, body };
    received.push(request);
    const given = await answer(request);
    if (given === 'drop') message.socket.destroy();
    else response.writeHead(given.status ?? 200, { 'content-type': 'application/json' }).end(given.body);
  };
  const server = createServer((message, response) => void respond(message, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
