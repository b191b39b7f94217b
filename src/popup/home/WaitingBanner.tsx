import type { PopupState } from '../../rpc/popup/procedures';
import { Notice } from '../../ui/Notice';
import { originLine } from '../../ui/originText';
import { routeHash } from '../route';
import './home.css';

const wants = {
  connect: 'wants to know your account’s address.',
  prepare: 'wants your account to do something.',
  revoke: 'has ended here and can be removed on chain.',
} as const;

/** Leads to the oldest request that waits for a decision. */
export function WaitingBanner({ state }: { state: PopupState }) {
  const oldest = state.reviews[0];
  if (oldest === undefined) return state.waiting === 0 ? null : <BeingPrepared />;
  const others = state.reviews.length - 1;
  return (
    <a class="waiting" href={routeHash({ view: 'review', id: oldest.id })} data-testid="waiting">
      <span>
        <b>{originLine(oldest.origin)}</b> {wants[oldest.kind]}
      </span>
      <span>
        <span class="waiting__action">Look at the request</span>
        {others > 0 && <span class="soft">{` and ${others} more after it`}</span>}
      </span>
    </a>
  );
}

const BeingPrepared = () => (
  <Notice>
    <p>A request is being prepared. It appears here when there is something to decide.</p>
  </Notice>
);
