import { describe, expect, it } from 'vitest';
import { hintOf } from './decisionHint';

const standing = { focused: true, now: 0, expiresAt: 299, missing: 0 };

describe('hintOf', () => {
  it('counts minutes, then seconds', () => {
    expect(hintOf(standing)).toBe('Waits for 4 minutes more.');
    expect(hintOf({ ...standing, expiresAt: 42 })).toBe('Waits for 42 seconds more.');
  });

  it('says how many boxes are still to be ticked', () => {
    expect(hintOf({ ...standing, missing: 1 })).toBe('One box is to be ticked first.');
    expect(hintOf({ ...standing, missing: 3 })).toBe('3 boxes are to be ticked first.');
  });

  it('puts the end before anything else', () => {
    const behind = { ...standing, focused: false, missing: 2 };
    expect(hintOf({ ...behind, now: 299 })).toContain('expired');
    expect(hintOf({ ...behind, now: 298 })).toContain('front');
  });
});
