import { describe, expect, it } from 'vitest';
import type { ExplorerResponse } from '../../protocol/mee/quoteResponse';
import { nodeFailing } from '../mee/nodeErrors';
import { explorerAnswer, mined, submission } from '../testing/explorer';
import { createTracker } from './tracker';

const done = explorerAnswer(mined('aa'), mined('bb'), mined('cc'));
const pending = explorerAnswer(mined('aa'), { executionStatus: 'PENDING' }, { executionStatus: 'PENDING' });

const tracking = (answers: readonly (ExplorerResponse | Error | undefined)[]) => {
  let time = 1_000;
  const pauses: number[] = [];
  const script = [...answers];
  const track = createTracker({
    node: {
      explorer: async () => {
        const next = script.length > 1 ? script.shift() : script[0];
        if (next instanceof Error) throw next;
        return next;
      },
    },
    clock: {
      now: () => time,
      sleep: async (milliseconds) => {
        pauses.push(milliseconds);
        time += 5;
      },
    },
  });
  return { track, pauses, time: () => time };
};

describe('tracking', () => {
  it('rides out failures and ignorance of the node, with growing pauses', async () => {
    const { track, pauses } = tracking([undefined, nodeFailing(500, ''), pending, done]);
    expect((await track(submission))?.map(({ status }) => status)).toEqual([
      'succeeded',
      'succeeded',
      'succeeded',
    ]);
    expect(pauses).toEqual([250, 375, 562.5]);
  });

  it('rides out any number of server errors before the end comes', async () => {
    const failing = Array.from({ length: 5 }, () => nodeFailing(500, ''));
    expect(await tracking([...failing, done]).track(submission)).toHaveLength(3);
    const failed = explorerAnswer(
      { executionStatus: 'FAILED', executionError: 'AA21' },
      { executionStatus: 'FAILED' },
      { executionStatus: 'FAILED' },
    );
    const { track, pauses } = tracking([failed]);
    expect((await track(submission))?.map(({ status, words }) => ({ status, words }))[0]).toEqual({
      status: 'dropped',
      words: 'AA21',
    });
    expect(pauses).toEqual([]);
  });

  it('ends after bound and grace when the node never knew it', async () => {
    const { track, time } = tracking([undefined]);
    expect(await track(submission)).toBeUndefined();
    expect(time()).toBe(submission.upperBound + 120);
  });

  it('ends after bound and grace when the node stays silent', async () => {
    const { track, time, pauses } = tracking([pending]);
    expect(await track(submission)).toBeUndefined();
    expect(time()).toBe(submission.upperBound + 120);
    expect(Math.max(...pauses)).toBe(5_000);
  });
});
