import { describe, expect, it } from 'vitest';
import { hintOf } from './decisionHint';

describe('hintOf', () => {
  it('counts minutes, then seconds', () => {
    expect(hintOf({ focused: true, now: 0, expiresAt: 299 })).toBe('Waits for 4 minutes more.');
    expect(hintOf({ focused: true, now: 0, expiresAt: 42 })).toBe('Waits for 42 seconds more.');
  });

  it('puts the end before anything else', () => {
    expect(hintOf({ focused: false, now: 10, expiresAt: 10 })).toContain('expired');
    expect(hintOf({ focused: false, now: 9, expiresAt: 10 })).toContain('front');
  });
});
