import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

/** A quote request as a client sent it. */
export type Captured = { path: string; body: unknown };

const answer = JSON.stringify({ userOps: [], paymentInfo: { tokenWeiAmount: '7' }, nonce: '3' });

/** A node that answers every request with an empty quote and remembers what it was asked. */
export const startCaptureNode = async () => {
  const captured: Captured[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    captured.push({ path: request.url ?? '', body: body === '' ? null : JSON.parse(body) });
    response.setHeader('content-type', 'application/json').end(answer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/v1` as const,
    lastQuote: (): Captured | undefined => captured.findLast(({ path }) => path.startsWith('/v1/quote')),
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
};
