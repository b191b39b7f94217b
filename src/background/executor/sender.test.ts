import { describe, expect, it } from 'vitest';
import type { ExplorerResponse } from '../../protocol/mee/quoteResponse';
import type { Submission } from '../../storage/records';
import type { Clock } from '../journal/clock';
import { createMeeNode, type MeeNode } from '../mee/node';
import { nodeRefused, nodeUnreachable } from '../mee/nodeErrors';
import { startLocalServer } from '../testing/localServer';
import { createSender } from './sender';

const hash = `0x${'42'.repeat(32)}` as const;
const submission: Submission = { hash, body: '{}', upperBound: 1_180, operations: [] };
const known = {} as ExplorerResponse;

/** A node that does as the script says, and a clock that only sleeping moves. */
const scripted = (script: {
  exec: readonly (Error | 'ok')[];
  explorer: readonly (Error | 'known' | 'unknown')[];
}) => {
  let time = 1_000;
  const asked: string[] = [];
  const execs = [...script.exec];
  const lookUps = [...script.explorer];
  const clock: Clock = {
    now: () => time,
    sleep: async () => {
      time += 10;
    },
  };
  const node: Pick<MeeNode, 'exec' | 'explorer'> = {
    exec: async () => {
      asked.push('exec');
      const next = execs.shift() ?? new RangeError('no exec expected');
      if (next instanceof Error) throw next;
      return { hash };
    },
    explorer: async () => {
      asked.push('explorer');
      const next = lookUps.shift() ?? 'unknown';
      if (next instanceof Error) throw next;
      return next === 'known' ? known : undefined;
    },
  };
  return {
    send: createSender({ node, clock }),
    asked,
    setTime: (to: number) => {
      time = to;
    },
  };
};

const lost = nodeUnreachable(undefined);
const refused = nodeRefused(400, 'no');

describe('a submission', () => {
  it('that is fresh is sent in one round', async () => {
    const { send, asked } = scripted({ exec: ['ok'], explorer: [] });
    expect(await send(submission, { mayBeSent: false })).toBe(true);
    expect(asked).toEqual(['exec']);
  });

  it('that may have been sent is asked for first, and not sent when the node has it', async () => {
    const { send, asked } = scripted({ exec: [], explorer: ['known'] });
    expect(await send(submission, { mayBeSent: true })).toBe(true);
    expect(asked).toEqual(['explorer']);
  });

  it('that the node does not know is sent after all', async () => {
    const { send, asked } = scripted({ exec: ['ok'], explorer: ['unknown'] });
    expect(await send(submission, { mayBeSent: true })).toBe(true);
    expect(asked).toEqual(['explorer', 'exec']);
  });

  it('that may no longer be sent is only asked for', async () => {
    const kept = { ...submission, body: '' };
    const unknown = scripted({ exec: [], explorer: [lost, 'unknown'] });
    expect(await unknown.send(kept, { mayBeSent: true })).toBe(false);
    expect(unknown.asked).toEqual(['explorer', 'explorer']);
    const taken = scripted({ exec: [], explorer: ['known'] });
    expect(await taken.send(kept, { mayBeSent: true })).toBe(true);
  });

  it('whose answer was lost is never sent again without asking', async () => {
    const { send, asked } = scripted({ exec: [lost, 'ok'], explorer: [lost, 'unknown'] });
    expect(await send(submission, { mayBeSent: false })).toBe(true);
    expect(asked).toEqual(['exec', 'explorer', 'explorer', 'exec']);
    const taken = scripted({ exec: [lost], explorer: ['known'] });
    expect(await taken.send(submission, { mayBeSent: false })).toBe(true);
    expect(taken.asked).toEqual(['exec', 'explorer']);
  });

  it('that is refused fails, unless the node has it', async () => {
    const no = scripted({ exec: [refused], explorer: ['unknown'] });
    await expect(no.send(submission, { mayBeSent: false })).rejects.toBe(refused);
    const has = scripted({ exec: [refused], explorer: ['known'] });
    expect(await has.send(submission, { mayBeSent: false })).toBe(true);
  });

  it('is not sent once its time is over', async () => {
    const { send, asked, setTime } = scripted({ exec: [], explorer: ['unknown'] });
    setTime(1_180);
    expect(await send(submission, { mayBeSent: true })).toBe(false);
    expect(asked).toEqual(['explorer']);
  });

  it('is given up when the node stays away until then', async () => {
    const { send, asked } = scripted({ exec: [lost], explorer: Array.from({ length: 40 }, () => lost) });
    expect(await send(submission, { mayBeSent: false })).toBe(false);
    expect(asked.filter((call) => call === 'exec')).toHaveLength(1);
  });

  it.each([
    ['HTTP 429', { status: 429, body: '{}' }],
    ['the code 429', { body: '{"code":429,"message":"slow down"}' }],
    ['the code -32005', { body: '{"error":{"code":-32005,"message":"limit exceeded"}}' }],
    ['the code -32007', { body: '{"error":{"code":-32007,"message":"request limit reached"}}' }],
    ['HTTP 503', { status: 503, body: 'busy' }],
    ['a cut connection', 'drop' as const],
  ])('whose node limits it by %s is asked for before it is sent again', async (_form, refusal) => {
    let refusals = 3;
    const server = await startLocalServer(({ method }) => {
      if (method === 'GET') return { status: 404, body: '{"error":"unknown"}' };
      refusals -= 1;
      return refusals < 0 ? { body: JSON.stringify({ hash }) } : refusal;
    });
    const endpoint = async () => ({ nodeUrl: server.url });
    const clock: Clock = { now: () => 1_000, sleep: async () => undefined };
    const node = createMeeNode({ endpoint, fetch, now: clock.now });
    expect(await createSender({ node, clock })(submission, { mayBeSent: false })).toBe(true);
    const order = server.received.map(({ method }) => method);
    expect(order).toEqual(['POST', 'GET', 'POST', 'GET', 'POST', 'GET', 'POST']);
    expect(
      new Set(server.received.filter(({ method }) => method === 'POST').map(({ body }) => body)).size,
    ).toBe(1);
    await server.stop();
  });
});
