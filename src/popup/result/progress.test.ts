import { describe, expect, it } from 'vitest';
import type { RequestView } from '../../rpc/popup/procedures';
import { isEnded, meaningOf, stagesOf, titleOf } from './progress';

const request = (over: Partial<RequestView>): RequestView => ({
  id: '1',
  kind: 'prepare',
  origin: 'https://example.org',
  state: 'approved',
  transactions: [],
  ...over,
});

const statuses = (over: Partial<RequestView>) => stagesOf(request(over)).map(({ status }) => status);

describe('stagesOf', () => {
  it('marks what is done, what runs and what is ahead', () => {
    expect(statuses({ state: 'signed' })).toEqual(['done', 'done', 'done', 'now', 'ahead', 'ahead']);
    expect(statuses({ state: 'confirmed' })).toEqual(Array(6).fill('done'));
  });

  it('shows no progress for what ended badly or has none', () => {
    expect(statuses({ state: 'failed' })).toEqual([]);
    expect(statuses({ state: 'rejected' })).toEqual([]);
    expect(statuses({ kind: 'connect', state: 'approved' })).toEqual([]);
  });
});

describe('titleOf and meaningOf', () => {
  it('tells a finished connection from a finished permission', () => {
    expect(meaningOf(request({ state: 'confirmed' }))).toContain('What you approved is on chain');
    expect(titleOf(request({ kind: 'connect', state: 'confirmed' }))).toBe('Connected');
  });

  it('says whether a failed request was sent', () => {
    expect(meaningOf(request({ state: 'failed' }))).toBe('Nothing was sent.');
    expect(meaningOf(request({ state: 'failed', hash: `0x${'11'.repeat(32)}` }))).toContain('It was sent');
  });

  it('says after a removal that went wrong that it has ended here all the same', () => {
    for (const state of ['rejected', 'expired', 'failed'] as const) {
      const meaning = meaningOf(request({ kind: 'revoke', state }));
      expect(meaning).toContain('The chain still holds it.');
      expect(meaning).toContain('Here it has ended');
    }
    expect(titleOf(request({ kind: 'revoke', state: 'rejected' }))).toBe('Left on chain');
    const sent = { kind: 'revoke', state: 'failed', hash: `0x${'11'.repeat(32)}` } as const;
    expect(meaningOf(request(sent))).toMatch(/^A chain may still hold it/);
    expect(meaningOf(request({ kind: 'revoke', state: 'confirmed' }))).toContain('no longer holds it');
  });

  it('never promises an end before there is one', () => {
    for (const state of ['approved', 'quoted', 'signed', 'submitted', 'mined'] as const) {
      expect(isEnded(state)).toBe(false);
      expect(titleOf(request({ state }))).not.toMatch(/enabled|done/i);
    }
  });
});
