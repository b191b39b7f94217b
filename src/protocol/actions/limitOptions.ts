import type { Policy } from '../policies/policy';
import { PolicyError } from '../policies/policyError';

const oneDay = 86_400;

/** Limits that every ready-made action offers; times in unix seconds. */
export type LimitOptions = {
  /** Most calls. */
  usageLimit?: bigint;
  /** 0 means no start; absent with `validUntil` means `now`. */
  validAfter?: number;
  /** 0 means no end; absent with `validAfter` means one day after the start. */
  validUntil?: number;
  /** Unix seconds; needed where an end or a start must be worked out from it. A time frame already over is refused. */
  now?: number;
};

/** The policies of the options that are given. @throws PolicyError `TIMEFRAME_START` */
export function limitPolicies(options: LimitOptions): readonly Policy[] {
  return [...usageFrom(options), ...timeframeFrom(options)];
}

/** What an action is granted under: its options or its policies, never both. @throws PolicyError `POLICIES_AND_OPTIONS` */
export function choosePolicies(
  fromOptions: readonly Policy[],
  policies: readonly Policy[] | undefined,
): readonly Policy[] {
  if (policies === undefined) return fromOptions;
  if (fromOptions.length === 0) return policies;
  throw new PolicyError('POLICIES_AND_OPTIONS', {
    shortMessage: 'Policies and limit options are both given; only one of them could count.',
    action: 'Put every limit in the policies, or leave the policies out.',
  });
}

function usageFrom({ usageLimit }: LimitOptions): readonly Policy[] {
  return usageLimit === undefined ? [] : [{ type: 'usageLimit', limit: usageLimit }];
}

function timeframeFrom({ validAfter, validUntil, now }: LimitOptions): readonly Policy[] {
  if (validAfter === undefined && validUntil === undefined) return [];
  const start = validAfter ?? now;
  const end = validUntil ?? endAfter(validAfter === 0 ? now : start);
  if (start !== undefined && end !== undefined) {
    return [{ type: 'timeframe', validAfter: start, validUntil: end }];
  }
  throw new PolicyError('TIMEFRAME_START', {
    shortMessage: 'The time frame has no start to count from.',
    action: 'Give both validAfter and validUntil (0 for no limit on that side), or the current time.',
  });
}

function endAfter(start: number | undefined): number | undefined {
  return start === undefined ? undefined : start + oneDay;
}
