import type { Review } from '../../rpc/popup/procedures';
import { Button } from '../../ui/Button';
import { useClient } from '../client';
import { FailureNotice } from '../FailureNotice';
import { useNow } from '../useNow';
import { go } from '../useRoute';
import { useSubmit } from '../useSubmit';
import { dangersOf } from './dangers';
import { hintOf } from './decisionHint';
import type { Acknowledgements } from './useAcknowledged';
import { useArmed } from './useArmed';

/** Reject and approve. An approval names the review, the digest of what is on the screen and what was agreed to. */
export function DecisionBar({ review, agreed }: { review: Review; agreed: Acknowledgements }) {
  const client = useClient();
  const { armed, focused } = useArmed(review.digest);
  const { busy, failure, run } = useSubmit();
  const now = useNow();
  const expired = now >= review.expiresAt;
  const { missing, acknowledged } = agreed;
  const decision = { reviewId: review.id, digest: review.digest };
  const approve = () =>
    run(async () => {
      const agreement = acknowledged.length > 0 ? { acknowledged: [...acknowledged] } : {};
      const request = await client.call('approve', { ...decision, ...agreement });
      go({ view: 'result', id: request.id });
    });
  const reject = () =>
    run(async () => {
      const request = await client.call('reject', decision);
      go({ view: 'result', id: request.id });
    });
  const labels = review.kind === 'revoke' ? removal : decisions;
  return (
    <>
      {failure !== undefined && <FailureNotice title="Your answer was not taken" failure={failure} />}
      <p class="decision__hint">{hintOf({ focused, expiresAt: review.expiresAt, now, missing })}</p>
      <div class="decision">
        <Button onClick={reject} disabled={busy} testId="reject">
          {labels.reject}
        </Button>
        <Button
          kind={isDangerous(review) ? 'danger' : 'primary'}
          onClick={approve}
          disabled={!armed || busy || expired || missing > 0}
          testId="approve"
        >
          {busy ? 'Sending…' : labels.approve}
        </Button>
      </div>
    </>
  );
}

const decisions = { reject: 'Reject', approve: 'Approve' };
const removal = { reject: 'Leave it on chain', approve: 'Remove' };

const isDangerous = (review: Review): boolean =>
  dangersOf(review).some(({ severity }) => severity === 'high');
