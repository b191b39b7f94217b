import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { stringify } from 'viem';
import { NodeError } from './nodeError';

/** A request as it reached the node. `path` starts after `/v1`; `body` is the parsed JSON, if any. */
export type NodeRequest = { method: string; path: string; body: unknown; apiKey?: string };

/** Answers one request with a JSON value, or with `dropAnswer` to cut the connection without an answer. */
export type Handler = (request: NodeRequest) => Promise<unknown>;

/** What a handler gives back to cut the connection. */
export const dropAnswer: unique symbol = Symbol('drop the answer');

const base = '/v1';
const maxBody = 4_000_000;

const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': '*',
  'access-control-allow-private-network': 'true',
};

async function readBody(message: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > maxBody) throw new NodeError(413, `The body is longer than ${maxBody} bytes.`);
    chunks.push(bytes);
  }
  if (length === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (cause) {
    throw new NodeError(400, 'The body is not JSON.', { cause });
  }
}

function readPath(url: string): string {
  const path = (url.split('?')[0] ?? '').replace(/\/+/g, '/').replace(/\/$/, '');
  if (!path.startsWith(`${base}/`)) throw new NodeError(404, `Nothing is served at ${path}.`);
  return path.slice(base.length);
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { ...corsHeaders, 'content-type': 'application/json' }).end(stringify(body));
}

async function serve(message: IncomingMessage, response: ServerResponse, handle: Handler): Promise<void> {
  try {
    const body = await readBody(message);
    const apiKey = message.headers['x-api-key'];
    const result = await handle({
      method: message.method ?? 'GET',
      path: readPath(message.url ?? '/'),
      body,
      ...(typeof apiKey === 'string' ? { apiKey } : {}),
    });
    if (result === dropAnswer) message.socket.destroy();
    else answer(response, 200, result);
  } catch (error) {
    const refusal = error instanceof NodeError ? error : new NodeError(500, String(error), { cause: error });
    answer(response, refusal.status, refusal.body());
  }
}

/**
 * Listens on 127.0.0.1 and serves JSON under `/v1`, open to every origin.
 *
 * @param port 0 takes any free one
 * @throws what `listen` gives, `EADDRINUSE` for a taken port
 */
export async function startServer(port: number, handle: Handler): Promise<Server> {
  const server = createServer((message, response) => {
    if (message.method === 'OPTIONS') response.writeHead(204, corsHeaders).end();
    else void serve(message, response, handle);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve());
  });
  return server;
}

/** Cuts all connections and frees the port. */
export async function stopServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeAllConnections();
  await closed;
}
