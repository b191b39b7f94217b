import { expect, it } from 'vitest';
import { createThrottle } from './activity';

it('lets through the first and then one per interval', () => {
  let now = 1000;
  const isDue = createThrottle(100, () => now);
  const at = (time: number) => {
    now = time;
    return isDue();
  };
  expect([1000, 1001, 1099, 1100, 1150, 1500].map(at)).toEqual([true, false, false, true, false, true]);
});

it('does not fall silent when the clock is set back', () => {
  let now = 9000;
  const isDue = createThrottle(100, () => now);
  isDue();
  now = 50;
  expect(isDue()).toBe(true);
});
