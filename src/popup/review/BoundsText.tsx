import type { PrepareReview } from '../../rpc/popup/procedures';
import { Time } from '../../ui/Time';
import { relativeTime } from '../../ui/timeText';

/** When the chain takes what is signed now: not before and not after these moments. */
export function BoundsText({ bounds, now }: { bounds: PrepareReview['bounds']; now: number }) {
  const { lower, upper } = bounds;
  return (
    <>
      {lower !== undefined && (
        <span>
          not before <Time seconds={lower} /> <span class="small soft">{relativeTime(lower, now)}</span>
        </span>
      )}
      {upper !== undefined && (
        <span>
          not after <Time seconds={upper} /> <span class="small soft">{relativeTime(upper, now)}</span>
        </span>
      )}
    </>
  );
}
