import type { ConnectReview } from '../../rpc/popup/procedures';
import { Address } from '../../ui/Address';
import { Card } from '../../ui/Card';
import { Fact, Facts } from '../../ui/Facts';
import { OriginBlock } from './OriginBlock';

/** What a site gets when it connects. */
export function ConnectReviewBody({ review }: { review: ConnectReview }) {
  return (
    <>
      <OriginBlock origin={review.origin} wants="wants to know the address of your account." />
      <Card title="What it gets">
        <Facts>
          <Fact label="Account">
            <Address value={review.account} copy="account address" testId="review-account" />
          </Fact>
        </Facts>
        <p>
          It can look up everything this address holds and did. It can move nothing: each permission is asked
          for apart.
        </p>
      </Card>
    </>
  );
}
