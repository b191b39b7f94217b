import type { GrantView } from '../../rpc/popup/procedures';
import { originLine } from '../../ui/originText';
import { Tag } from '../../ui/Tag';
import { relativeTime } from '../../ui/timeText';
import { lifetimeOf } from '../review/lifetime';
import { routeHash } from '../route';
import { grantSize, grantStatus } from './grantSummary';
import './home.css';

/** Every permission given so far; each leads to its details. */
export function GrantList({ grants, now }: { grants: readonly GrantView[]; now: number }) {
  if (grants.length === 0) {
    return (
      <p class="soft" data-testid="grants">
        No site has a permission yet. When a site asks for one, the request opens in a window of its own.
      </p>
    );
  }
  return (
    <ul class="grants" data-testid="grants">
      {grants.map((grant) => (
        <li key={grant.grantId}>
          <GrantItem grant={grant} now={now} />
        </li>
      ))}
    </ul>
  );
}

function GrantItem({ grant, now }: { grant: GrantView; now: number }) {
  const lifetime = lifetimeOf(grant.permissions);
  const end = lifetime.kind === 'until' ? lifetime.last : undefined;
  const status = grantStatus(grant, end, now);
  const ends =
    end === undefined ? 'no end date' : `${end < now ? 'ended' : 'ends'} ${relativeTime(end, now)}`;
  return (
    <a class="grants__item" href={routeHash({ view: 'grant', id: grant.grantId })} data-testid="grant-item">
      <span class="row">
        <span class="grants__site">{originLine(grant.origin)}</span>
        <Tag tone={status.tone}>{status.text}</Tag>
      </span>
      <span class="small soft">
        {grantSize(grant)}, {ends}
      </span>
    </a>
  );
}
