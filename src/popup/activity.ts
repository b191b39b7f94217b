/** At most this often the background is told that the person is there. */
export const touchEvery = 20_000;

/** Says yes to the first call and then at most once per `interval`. Milliseconds; a clock that was set back says yes. */
export function createThrottle(interval: number, clock: () => number): () => boolean {
  let last: number | undefined;
  return () => {
    const now = clock();
    const isDue = last === undefined || now - last >= interval || now < last;
    if (isDue) last = now;
    return isDue;
  };
}
