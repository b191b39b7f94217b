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

  it('ends after bound and grace when the node stays silent', async () => {
    const { track, time, pauses } = tracking([pending]);
    expect(await track(submission)).toBeUndefined();
    expect(time()).toBe(submission.upperBound + 120);
    expect(Math.max(...pauses)).toBe(5_000);
  });
});
