import type { PopupClient } from '../../messaging/popupClient';
import type { PopupState, Review } from '../../rpc/popup/procedures';
import { Screen } from '../../ui/Screen';
import { nativeSymbols, settingsOrNone } from '../networks';
import { ConnectReviewBody } from '../review/ConnectReviewBody';
import { DecisionBar } from '../review/DecisionBar';
import { PrepareReviewBody } from '../review/PrepareReviewBody';
import { RevokeReviewBody } from '../review/RevokeReviewBody';
import { useAcknowledged } from '../review/useAcknowledged';
import { useQuery } from '../useQuery';
import { FailedView } from './FailedView';
import { LoadingView } from './LoadingView';
import { ResultView } from './ResultView';

async function askReview(client: PopupClient, reviewId: string) {
  const [review, settings] = await Promise.all([
    client.call('getReview', { reviewId }),
    settingsOrNone(client),
  ]);
  return { review, symbols: nativeSymbols(settings) };
}

/** One request that waits for an answer. Once answered elsewhere, it shows how that went. */
export function ReviewView({ id, state }: { id: string; state: PopupState }) {
  const { query, reload } = useQuery(`review ${id}`, (client) => askReview(client, id));
  if (query.status === 'loading') return <LoadingView />;
  if (query.status === 'failed') return <FailedView failure={query.failure} onRetry={reload} away />;
  const { review, symbols } = query.data;
  if (review === undefined) return <ResultView id={id} state={state} />;
  return <OpenReview review={review} symbols={symbols} />;
}

function OpenReview({ review, symbols }: { review: Review; symbols: ReadonlyMap<number, string> }) {
  const agreed = useAcknowledged(review);
  return (
    <Screen name={nameOf(review)} foot={<DecisionBar review={review} agreed={agreed} />} testId="review">
      {review.kind === 'connect' && <ConnectReviewBody review={review} />}
      {review.kind === 'prepare' && <PrepareReviewBody review={review} symbols={symbols} agreed={agreed} />}
      {review.kind === 'revoke' && <RevokeReviewBody review={review} agreed={agreed} />}
    </Screen>
  );
}

function nameOf(review: Review): string {
  if (review.kind === 'connect') return 'Connection request';
  if (review.kind === 'revoke') return 'Removal';
  return review.permissions.length > 0 ? 'Permission request' : 'Request';
}
