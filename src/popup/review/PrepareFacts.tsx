import type { PrepareReview } from '../../rpc/popup/procedures';
import { Address } from '../../ui/Address';
import { Fact, Facts } from '../../ui/Facts';
import { BoundsText } from './BoundsText';
import { signingWords } from './intent';
import { LifetimeText } from './LifetimeText';

/** For which account, how long, how it is signed and when it may run. */
export function PrepareFacts({ review, now }: { review: PrepareReview; now: number }) {
  const { account, permissions, quoteType, bounds } = review;
  const bounded = bounds.lower !== undefined || bounds.upper !== undefined;
  return (
    <Facts>
      <Fact label="Account">
        <Address value={account} copy="account address" testId="review-account" />
      </Fact>
      {permissions.length > 0 && (
        <Fact label="Lives until" testId="review-lifetime">
          <LifetimeText permissions={permissions} now={now} />
        </Fact>
      )}
      <Fact label="You sign" testId="review-quote-type">
        {signingWords[quoteType]}
      </Fact>
      {bounded && (
        <Fact label="Runs" testId="review-bounds">
          <BoundsText bounds={bounds} now={now} />
        </Fact>
      )}
    </Facts>
  );
}
