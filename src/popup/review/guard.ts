/** How long a view has to stand still, in front, before it can be approved. */
export const settleMilliseconds = 500;

/** When the view last changed, when its window last came to the front, and whether it is there now. Milliseconds of one clock. */
export type Standing = { changedAt: number; focusedAt: number; focused: boolean };

/** Milliseconds until approving is possible; `undefined` while the window is not in front. */
export function timeToArm({ changedAt, focusedAt, focused }: Standing, now: number): number | undefined {
  if (!focused) return undefined;
  return Math.max(0, Math.max(changedAt, focusedAt) + settleMilliseconds - now);
}
