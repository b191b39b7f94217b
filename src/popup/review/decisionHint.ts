import { durationText } from '../../ui/timeText';

type Standing = {
  focused: boolean;
  expiresAt: number;
  now: number;
  /** Dangers that are not agreed to yet. */
  missing: number;
};

/** The line above the buttons of a review. Times in unix seconds. */
export function hintOf({ focused, expiresAt, now, missing }: Standing): string {
  if (now >= expiresAt) return 'This request has expired. It has to be asked for again.';
  if (!focused) return 'Bring this window to the front to approve.';
  if (missing > 0) return `${missing === 1 ? 'One box is' : `${missing} boxes are`} to be ticked first.`;
  const left = expiresAt - now;
  return `Waits for ${durationText(left < 60 ? left : left - (left % 60))} more.`;
}
