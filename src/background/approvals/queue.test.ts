import { describe, expect, it } from 'vitest';
import type { RequestRecord } from '../../storage/records';
import { connectRequest, prepareRequest, useRequest } from '../testing/records';
import { assertRoomForReview } from './queue';

const origin = 'https://dapp.example';
const assertRoom =
  (parts: { open?: readonly RequestRecord[]; history?: readonly RequestRecord[]; now?: number }) => () =>
    assertRoomForReview({
      origin,
      open: parts.open ?? [],
      history: parts.history ?? [],
      now: parts.now ?? 1_000,
    });

const refusal = (reason: string) =>
  expect.objectContaining({ code: -32002, data: expect.objectContaining({ reason }) });
const rejected = (reason: string, updatedAt: number) =>
  prepareRequest({
    state: 'rejected',
    updatedAt,
    error: { code: 4001, message: 'no', data: { reason, action: 'a' } },
  });

describe('room for a review', () => {
  it('is there when nothing waits, whatever else is under way', () => {
    const busy = [
      useRequest(),
      prepareRequest({ state: 'submitted' }),
      useRequest({ origin: 'https://other.example' }),
    ];
    expect(assertRoom({ open: busy, history: busy })).not.toThrow();
  });

  it('is for one review of an origin at a time', () => {
    for (const waiting of [connectRequest(), prepareRequest({ state: 'awaitingReview' })]) {
      expect(assertRoom({ open: [waiting] })).toThrow(refusal('REVIEW_PENDING'));
    }
  });

  it('is for a few reviews in all', () => {
    const of = (count: number) =>
      Array.from({ length: count }, (_, index) => connectRequest({ origin: `https://site${index}.example` }));
    expect(assertRoom({ open: of(4) })).not.toThrow();
    expect(assertRoom({ open: of(5) })).toThrow(refusal('TOO_MANY_REVIEWS'));
  });

  it('is closed for a while after several rejections in a row', () => {
    const history = [980, 985, 990, 1_000].map((time) => rejected('USER_REJECTED', time));
    expect(assertRoom({ history, now: 1_059 })).toThrow(refusal('REJECTED_REPEATEDLY'));
    expect(assertRoom({ history, now: 1_060 })).not.toThrow();
    expect(assertRoom({ history: history.slice(1), now: 1_000 })).not.toThrow();
  });

  it('counts only what the person refused, and starts again after anything else', () => {
    const four = [1, 2, 3, 4];
    const locked = four.map((time) => rejected('LOCKED', time));
    expect(assertRoom({ history: locked, now: 5 })).not.toThrow();
    const refused = four.map((time) => rejected('REVIEW_CLOSED', time));
    const accepted = prepareRequest({ state: 'confirmed', updatedAt: 3 });
    expect(assertRoom({ history: [...refused, accepted], now: 5 })).not.toThrow();
    expect(assertRoom({ history: [accepted, ...refused], now: 5 })).toThrow(refusal('REJECTED_REPEATEDLY'));
  });
});
