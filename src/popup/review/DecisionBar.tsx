import type { Review } from '../../rpc/popup/procedures';
import { Button } from '../../ui/Button';
import { useClient } from '../client';
import { FailureNotice } from '../FailureNotice';
import { useNow } from '../useNow';
import { go } from '../useRoute';
import { useSubmit } from '../useSubmit';
import { dangersOf } from './dangers';
import { hintOf } from './decisionHint';
import { useArmed } from './useArmed';

/** Reject and approve. An approval names the review and the digest of what is on the screen. */
export function DecisionBar({ review }: { review: Review }) {
  const client = useClient();
  const { armed, focused } = useArmed(review.digest);
  const { busy, failure, run } = useSubmit();
  const now = useNow();
  const expired = now >= review.expiresAt;
  const decide = (decision: 'approve' | 'reject') => () =>
    run(async () => {
      const request = await client.call(decision, { reviewId: review.id, digest: review.digest });
      go({ view: 'result', id: request.id });
    });
  return (
    <>
      {failure !== undefined && <FailureNotice title="Your answer was not taken" failure={failure} />}
      <p class="decision__hint">{hintOf({ focused, expiresAt: review.expiresAt, now })}</p>
      <div class="decision">
        <Button onClick={decide('reject')} disabled={busy} testId="reject">
          Reject
        </Button>
        <Button
          kind={isDangerous(review) ? 'danger' : 'primary'}
          onClick={decide('approve')}
          disabled={!armed || busy || expired}
          testId="approve"
        >
          {busy ? 'Sending…' : 'Approve'}
        </Button>
      </div>
    </>
  );
}

const isDangerous = (review: Review): boolean =>
  review.kind === 'prepare' && dangersOf(review.permissions).some(({ severity }) => severity === 'high');
