/** Times of one kind of work, in microseconds per unit. */
export type Timing = { median: number; p95: number };

const warmUp = 50;

/**
 * Times a piece of work after a warm-up.
 * @param units how many units one run does
 */
export function measure(samples: number, units: number, work: () => unknown): Timing {
  for (let index = 0; index < warmUp; index += 1) work();
  const times = Array.from({ length: samples }, () => timeOf(work) / units);
  return { median: quantile(times, 0.5), p95: quantile(times, 0.95) };
}

/**
 * How many times longer one piece of work takes than another, by the median of pairs that run one after the other, so
 * that whatever else slows the machine slows both.
 */
export function compare(pairs: number, work: () => unknown, baseline: () => unknown): number {
  for (let index = 0; index < warmUp; index += 1) {
    work();
    baseline();
  }
  const ratios = Array.from({ length: pairs }, () => {
    const base = timeOf(baseline);
    return timeOf(work) / base;
  });
  return quantile(ratios, 0.5);
}

/** Microseconds that one run takes. */
function timeOf(work: () => unknown): number {
  const start = process.hrtime.bigint();
  work();
  return Number(process.hrtime.bigint() - start) / 1_000;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
