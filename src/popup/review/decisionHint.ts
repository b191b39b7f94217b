import { durationText } from '../../ui/timeText';

/** The line above the buttons of a review. Times in unix seconds. */
export function hintOf(at: { focused: boolean; expiresAt: number; now: number }): string {
  if (at.now >= at.expiresAt) return 'This request has expired. The site has to ask again.';
  if (!at.focused) return 'Bring this window to the front to approve.';
  const left = at.expiresAt - at.now;
  return `Waits for ${durationText(left < 60 ? left : left - (left % 60))} more.`;
}
