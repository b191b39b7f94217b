import type { PolicyType } from '../policies/policy';
import { isUnlimited } from '../policies/unlimited';

/** The most of something as people should read it; `unlimited` where no limit below any real supply stands. */
export type Bound = bigint | 'unlimited';

/** One limit of a policy: of an amount per call, of all calls together, or of the number of calls. */
export type Limit = {
  policy: PolicyType;
  rule?: number;
  kind: 'perCall' | 'total' | 'calls';
  amount: bigint;
};

/** The exact most of something, null where nothing bounds it, and the limits that make it so. */
export type Bounded = { most: bigint | null; limits: readonly Limit[] };

/** What nothing bounds. */
export const unbounded: Bounded = { most: null, limits: [] };

/** What can't be at all. */
export const none: Bounded = { most: 0n, limits: [] };

/** A bound by one limit. */
export function boundedBy(limit: Limit): Bounded {
  return { most: limit.amount, limits: [limit] };
}

/** The lowest of several bounds, the first where they are equal. */
export function lowest(bounds: readonly Bounded[]): Bounded {
  return bounds.reduce((best, next) => (within(best.most, next.most) ? best : next), unbounded);
}

/** A bound per call, over a number of calls. */
export function overCalls(perCall: Bounded, calls: Bounded): Bounded {
  if (perCall.most === 0n) return perCall;
  if (calls.most === 0n) return calls;
  if (perCall.most === null || calls.most === null) return unbounded;
  return { most: perCall.most * calls.most, limits: [...perCall.limits, ...calls.limits] };
}

/** Whether what `inner` bounds is never more than what `outer` does; null bounds nothing. */
export function within(inner: bigint | null, outer: bigint | null): boolean {
  return outer === null || (inner !== null && inner <= outer);
}

/** A bound as people should read it. */
export function readable(most: bigint | null): Bound {
  return most === null || isUnlimited(most) ? 'unlimited' : most;
}

/** Bounds of different things added up. */
export function sumOf(bounds: readonly Bound[]): Bound {
  return bounds.reduce<Bound>((sum, next) => {
    if (sum === 'unlimited' || next === 'unlimited') return 'unlimited';
    return readable(sum + next);
  }, 0n);
}
