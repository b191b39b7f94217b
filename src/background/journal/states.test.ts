import { describe, expect, it } from 'vitest';
import { finalStates, isLegalStep, openStates } from './states';

describe('the state machine of requests', () => {
  it('goes through every state in order', () => {
    const path = [
      'received',
      'awaitingReview',
      'approved',
      'quoted',
      'signed',
      'submitted',
      'mined',
      'confirmed',
    ] as const;
    for (const [index, from] of path.entries()) {
      const next = path[index + 1];
      if (next) expect(isLegalStep(from, next), `${from} to ${next}`).toBe(true);
      for (const earlier of path.slice(0, index))
        expect(isLegalStep(from, earlier), `${from} to ${earlier}`).toBe(false);
    }
  });

  it('never leaves an end, and tells ends from open states', () => {
    expect([...finalStates].sort()).toEqual(['confirmed', 'expired', 'failed', 'rejected']);
    for (const end of finalStates)
      for (const to of [...openStates, ...finalStates]) expect(isLegalStep(end, to)).toBe(false);
  });

  it('never skips the review of the person, the quote, or the signature', () => {
    expect(isLegalStep('awaitingReview', 'quoted')).toBe(false);
    expect(isLegalStep('approved', 'signed')).toBe(false);
    expect(isLegalStep('quoted', 'submitted')).toBe(false);
    expect(isLegalStep('signed', 'quoted')).toBe(false);
  });

  it('can be rejected only while it waits for the person', () => {
    const rejectable = openStates.filter((state) => isLegalStep(state, 'rejected'));
    expect(rejectable).toEqual(['received', 'awaitingReview']);
  });
});
