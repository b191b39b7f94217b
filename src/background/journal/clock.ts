/** Time as the background sees it; tests bring their own. */
export type Clock = {
  /** Unix seconds. */
  now(): number;
  sleep(milliseconds: number): Promise<void>;
};

export const systemClock: Clock = {
  now: () => Math.floor(Date.now() / 1000),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** Growing pauses between tries, in milliseconds: from `first` by half again each time up to `longest`. */
export const createBackOff = (first: number, longest: number): (() => number) => {
  let next = first;
  return () => {
    const pause = next;
    next = Math.min(next * 1.5, longest);
    return pause;
  };
};
