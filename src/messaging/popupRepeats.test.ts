import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { decodeMessage } from '../rpc/codec';
import { readPortRequest } from './envelope';
import { FakePort } from './fakePorts';
import { mayRepeat } from './popupRepeats';
import { RequestPort } from './requestPort';

/** Sends a procedure over a port that is lost before the answer; gives what came of it and how often it was sent. */
const sendAndLose = async (method: string) => {
  const far: FakePort[] = [];
  const sent: string[] = [];
  const port = new RequestPort({
    connect: () => {
      const pair = FakePort.pair('latchkey.popup');
      pair.far.onMessage.addListener((message) => {
        sent.push(readPortRequest(decodeMessage(String(message)))?.method ?? '');
      });
      far.push(pair.far);
      return pair.near;
    },
    onEvent: () => undefined,
    mayRepeat,
  });
  const answer = port.send({ method });
  far.at(-1)?.disconnect();
  await vi.advanceTimersByTimeAsync(100);
  return { sent, outcome: await Promise.race([answer, Promise.resolve('waiting')]) };
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a procedure whose port is lost', () => {
  it.each([
    'createVault',
    'changePassword',
    'exportBackup',
    'importBackup',
    'resetVault',
    'approve',
    'reject',
  ])('%s fails and is never sent a second time', async (method) => {
    const { sent, outcome } = await sendAndLose(method);
    expect(sent).toEqual([method]);
    expect(outcome).toMatchObject({ error: { code: 4900, data: { reason: 'CONNECTION_LOST' } } });
  });

  it.each(['getState', 'getReview', 'listGrants'])('%s only reads and is sent again', async (method) => {
    const { sent, outcome } = await sendAndLose(method);
    expect(sent).toEqual([method, method]);
    expect(outcome).toBe('waiting');
  });
});
