import { afterEach, describe, expect, it } from 'vitest';
import { startLocalServer } from '../testing/localServer';
import { jsonRpc } from './jsonRpc';

let stop: (() => Promise<void>) | undefined;
afterEach(() => stop?.());

type Answer = { status?: number; body: string } | 'drop';

const result = (value: unknown): Answer => ({
  body: JSON.stringify({ jsonrpc: '2.0', id: 1, result: value }),
});
const refusal = (error: { code: number; message: string; data?: unknown }, status = 200): Answer => ({
  status,
  body: JSON.stringify({ jsonrpc: '2.0', id: 1, error }),
});

/** An RPC that gives these answers, one after the other, and the last one for ever. */
const rpcThat = async (...answers: readonly [Answer, ...Answer[]]) => {
  const last = answers[answers.length - 1] ?? answers[0];
  const server = await startLocalServer(() => answers[server.received.length - 1] ?? last);
  stop = server.stop;
  return { received: server.received, ask: () => jsonRpc(fetch, server.url, { method: 'm', params: [1] }) };
};

describe('a JSON-RPC call', () => {
  it('sends the method and its parameters, and gives the result', async () => {
    const { ask, received } = await rpcThat(result('0x1'));
    expect(await ask()).toBe('0x1');
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({ jsonrpc: '2.0', id: 1, method: 'm', params: [1] });
    expect(received[0]?.headers.cookie).toBeUndefined();
  });

  it('gives null, which is a result', async () => {
    const { ask } = await rpcThat(result(null));
    expect(await ask()).toBeNull();
  });

  it.each<[string, Answer]>([
    ['hung up', 'drop'],
    ['was too busy', { status: 429, body: 'slow down' }],
    ['failed inside', refusal({ code: -32_603, message: 'internal' }, 500)],
    ['was over its limit', refusal({ code: -32_005, message: 'limit' })],
  ])('is asked again when the RPC %s', async (_what, first) => {
    const { ask, received } = await rpcThat(first, result('0x2'));
    expect(await ask()).toBe('0x2');
    expect(received).toHaveLength(2);
  });

  it('gives up after four times', async () => {
    const { ask, received } = await rpcThat({ status: 503, body: '' });
    await expect(ask()).rejects.toMatchObject({ name: 'RpcMalformedError', status: 503 });
    expect(received).toHaveLength(4);
  });

  it('tells what the RPC refuses, and asks once', async () => {
    const { ask, received } = await rpcThat(
      refusal({ code: 3, message: 'execution reverted', data: '0x08' }),
    );
    await expect(ask()).rejects.toMatchObject({ name: 'RpcAnswerError', code: 3, data: '0x08' });
    expect(received).toHaveLength(1);
  });

  it.each<[string, Answer]>([
    ['no JSON', { body: '<html>' }],
    ['JSON of another kind', { body: '[]' }],
    ['an object without a result', { body: '{"id":1}' }],
    ['a result under a failing status', { status: 404, body: '{"result":"0x1"}' }],
  ])('takes %s for no answer', async (_what, answer) => {
    const { ask, received } = await rpcThat(answer);
    await expect(ask()).rejects.toMatchObject({ name: 'RpcMalformedError' });
    expect(received).toHaveLength(1);
  });

  it('does not follow a redirect', async () => {
    const { ask } = await rpcThat({ status: 307, body: '' });
    await expect(ask()).rejects.toMatchObject({ name: 'NoAnswerError', kind: 'unreachable' });
  });

  it('stops reading an answer without end', async () => {
    const { ask, received } = await rpcThat(result('x'.repeat(4_100_000)));
    await expect(ask()).rejects.toMatchObject({ name: 'NoAnswerError', kind: 'tooLong' });
    expect(received).toHaveLength(1);
  });
});
