import { describe, expect, it } from 'vitest';
import { timeToArm } from './guard';

describe('timeToArm', () => {
  it('waits half a second after the view appeared', () => {
    const standing = { changedAt: 1000, focusedAt: 0, focused: true };
    expect(timeToArm(standing, 1000)).toBe(500);
    expect(timeToArm(standing, 1499)).toBe(1);
    expect(timeToArm(standing, 1500)).toBe(0);
    expect(timeToArm(standing, 90_000)).toBe(0);
  });

  it('waits again after the window came back to the front', () => {
    expect(timeToArm({ changedAt: 0, focusedAt: 9000, focused: true }, 9100)).toBe(400);
  });

  it('never arms behind another window', () => {
    expect(timeToArm({ changedAt: 0, focusedAt: 0, focused: false }, 90_000)).toBeUndefined();
  });
});
