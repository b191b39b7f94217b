import { afterEach, describe, expect, it } from 'vitest';
import { startLocalServer } from '../testing/localServer';
import { createMeeNode } from './node';

const hash = `0x${'42'.repeat(32)}` as const;
const info = {
  version: '1.0.0',
  node: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  supportedChains: [{ chainId: '8453', name: 'Base' }],
  supportedGasTokens: [],
};

let stop: (() => Promise<void>) | undefined;
afterEach(() => stop?.());

type Answer = Parameters<typeof startLocalServer>[0];

const nodeThat = async (answer: Answer, apiKey?: string) => {
  const server = await startLocalServer(answer);
  stop = server.stop;
  let time = 1_000;
  const endpoint = { nodeUrl: `${server.url}/v1/`, ...(apiKey === undefined ? {} : { nodeApiKey: apiKey }) };
  const node = createMeeNode({ endpoint: async () => endpoint, fetch, now: () => time });
  const later = (seconds: number) => {
    time += seconds;
  };
  return { node, received: server.received, later };
};

const saying =
  (status: number, body: unknown): Answer =>
  () => ({
    status,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('the node', () => {
  it('is asked by path and method, as JSON, with the key only when there is one', async () => {
    const keyed = await nodeThat(saying(200, { hash }), 'secret');
    await keyed.node.exec('{"a":1}');
    expect(keyed.received).toMatchObject([
      {
        method: 'POST',
        path: '/v1/exec',
        body: '{"a":1}',
        headers: { 'content-type': 'application/json', 'x-api-key': 'secret' },
      },
    ]);
    await stop?.();
    const open = await nodeThat(saying(404, ''));
    await open.node.explorer(hash);
    expect(open.received[0]).toMatchObject({ method: 'GET', path: `/v1/explorer/${hash}` });
    expect(open.received[0]?.headers).not.toHaveProperty('x-api-key');
  });

  it('is asked for its info once in five minutes', async () => {
    const { node, received, later } = await nodeThat(saying(200, info));
    await node.info();
    later(299);
    expect(await node.info()).toMatchObject({ version: '1.0.0' });
    expect(received).toHaveLength(1);
    later(2);
    await node.info();
    expect(received).toHaveLength(2);
  });

  it('that limits its callers is asked again for what executes nothing, and never to execute', async () => {
    let refusals = 2;
    const { node, received } = await nodeThat(() => {
      refusals -= 1;
      return refusals < 0 ? { status: 200, body: JSON.stringify(info) } : { status: 429, body: '' };
    });
    expect(await node.info()).toMatchObject({ version: '1.0.0' });
    expect(received).toHaveLength(3);
    refusals = 2;
    await expect(node.exec('{}')).rejects.toMatchObject({ data: { reason: 'NODE_RATE_LIMITED' } });
    expect(received).toHaveLength(4);
  });

  it('that does not know a hash is no error', async () => {
    const { node } = await nodeThat(saying(404, { error: 'unknown' }));
    expect(await node.explorer(hash)).toBeUndefined();
  });

  it.each([
    [
      'says no',
      saying(400, { error: 'AA25 invalid account nonce' }),
      'NODE_REFUSED',
      'AA25 invalid account nonce',
    ],
    [
      'says no at length',
      saying(400, { errors: [{ path: 'userOps', msg: 'too many' }] }),
      'NODE_REFUSED',
      'userOps: too many',
    ],
    [
      'says no with a revert',
      saying(500, { error: 'execution reverted' }),
      'NODE_REFUSED',
      'execution reverted',
    ],
    ['says no in plain text', saying(403, 'forbidden'), 'NODE_REFUSED', 'forbidden'],
    ['is broken', saying(503, 'busy'), 'NODE_FAILING', '503'],
    ['limits the rate', saying(429, {}), 'NODE_RATE_LIMITED', 'no more requests'],
    ['answers nonsense', saying(200, '<html>'), 'NODE_MALFORMED', "can't be read"],
    ['answers another shape', saying(200, { hash: '0x12' }), 'NODE_MALFORMED', "can't be read"],
    ['answers without end', saying(200, `"${'x'.repeat(4_100_000)}"`), 'NODE_MALFORMED', "can't be read"],
    ['hangs up', () => 'drop' as const, 'NODE_UNREACHABLE', "can't be reached"],
    ['redirects', () => ({ status: 302, body: '' }), 'NODE_UNREACHABLE', "can't be reached"],
  ])('that %s gives a typed error', async (_what, answer, reason, words) => {
    const { node } = await nodeThat(answer);
    await expect(node.exec('{}')).rejects.toMatchObject({
      code: -32000,
      message: expect.stringContaining(words),
      data: { reason, action: expect.stringMatching(/\S+ \S+/) },
    });
  });

  it('speaks for itself only in words that are clean and short', async () => {
    const { node } = await nodeThat(saying(400, { error: `\u202Eno\u0000 ${'x'.repeat(1_000)}` }));
    const error = await node.exec('{}').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: expect.stringMatching(/^The MEE node refused: no x+…$/) });
    expect(String(error).length).toBeLessThan(400);
  });

  it('that is not there is unreachable', async () => {
    const { node } = await nodeThat(saying(200, info));
    await stop?.();
    await expect(node.info()).rejects.toMatchObject({ data: { reason: 'NODE_UNREACHABLE' } });
  });
});
