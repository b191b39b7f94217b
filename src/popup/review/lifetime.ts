import type { TimeframePolicy } from '../../protocol/policies/policy';
import type { ReviewedAction, ReviewedPermission } from '../../rpc/popup/procedures';

/** When what was granted ends: unix seconds of the last action to end, or that at least one never does. */
export type Lifetime =
  | { kind: 'open'; endless: number; actions: number }
  | { kind: 'until'; last: number; first: number };

function endOf(action: ReviewedAction): number | undefined {
  const ends = action.policies
    .filter((policy): policy is TimeframePolicy => policy.type === 'timeframe')
    .map((policy) => policy.validUntil)
    .filter((end) => end !== 0);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** How long the site can use a grant. What it can't use is left out: the rule that pays fees, functions that were stopped. */
export function lifetimeOf(permissions: readonly ReviewedPermission[]): Lifetime {
  const ends = permissions
    .flatMap((permission) => permission.actions)
    .filter((action) => !action.feeBudget && action.state !== 'revoked')
    .map(endOf);
  const known = ends.filter((end) => end !== undefined);
  if (known.length < ends.length || known.length === 0) {
    return { kind: 'open', endless: ends.length - known.length, actions: ends.length };
  }
  return { kind: 'until', last: Math.max(...known), first: Math.min(...known) };
}
