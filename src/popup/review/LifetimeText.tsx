import type { ReviewedPermission } from '../../rpc/popup/procedures';
import { Tag } from '../../ui/Tag';
import { Time } from '../../ui/Time';
import { relativeTime } from '../../ui/timeText';
import { lifetimeOf } from './lifetime';

/** Until when a grant can be used, or that it has no end. */
export function LifetimeText({
  permissions,
  now,
}: {
  permissions: readonly ReviewedPermission[];
  now: number;
}) {
  const lifetime = lifetimeOf(permissions);
  if (lifetime.kind === 'open') {
    const some = lifetime.endless < lifetime.actions;
    return (
      <span class="row">
        <Tag tone="danger">No end date</Tag>
        {some && <span>{`for ${lifetime.endless} of ${lifetime.actions} functions`}</span>}
      </span>
    );
  }
  return (
    <>
      <Time seconds={lifetime.last} />
      <span class="small soft">{relativeTime(lifetime.last, now)}</span>
      {lifetime.first !== lifetime.last && (
        <span class="small soft">
          Some functions end earlier, the first at <Time seconds={lifetime.first} />.
        </span>
      )}
    </>
  );
}
