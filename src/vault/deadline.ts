/** Until when an unlock may be used, in unix seconds. */
export interface Times {
  deadline: number;
  /** The latest time that was seen since the unlock. */
  seenAt: number;
}

/** What a clock may be corrected by without being taken for set back, in seconds. */
const tolerance = 5;

/** The present time of a clock that never runs backwards. */
export const latest = ({ seenAt }: Times, now: number): number => Math.max(seenAt, now);

/** Whether the time is over. A clock that was set back can't say, so that it counts as over. */
export const isDue = (times: Times, now: number): boolean =>
  now < times.seenAt - tolerance || latest(times, now) >= times.deadline;
