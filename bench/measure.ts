/** Times of one kind of work, in microseconds per unit. */
export type Timing = { median: number; p95: number };

const warmUp = 50;

/**
 * Times a piece of work after a warm-up.
 * @param units how many units one run does
 */
export function measure(samples: number, units: number, work: () => unknown): Timing {
  for (let index = 0; index < warmUp; index += 1) work();
  const times = Array.from({ length: samples }, () => {
    const start = process.hrtime.bigint();
    work();
    return Number(process.hrtime.bigint() - start) / 1_000 / units;
  }).toSorted((left, right) => left - right);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { median: at(0.5), p95: at(0.95) };
}
