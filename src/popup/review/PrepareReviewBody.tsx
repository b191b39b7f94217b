import type { PrepareReview } from '../../rpc/popup/procedures';
import { Address } from '../../ui/Address';
import { Card } from '../../ui/Card';
import { Fact, Facts } from '../../ui/Facts';
import { useNow } from '../useNow';
import { DangerList } from './DangerList';
import { FeeCard } from './FeeCard';
import { LifetimeText } from './LifetimeText';
import { OriginBlock } from './OriginBlock';
import { PermissionCard } from './PermissionCard';

type Props = { review: PrepareReview; symbols: ReadonlyMap<number, string> };

/** Everything that a PREPARE would grant, from what will be signed. `symbols` are the native symbols by chain id. */
export function PrepareReviewBody({ review, symbols }: Props) {
  const now = useNow();
  return (
    <>
      <OriginBlock origin={review.origin} wants="wants to act for your account, without asking each time." />
      <Facts>
        <Fact label="Account">
          <Address value={review.account} copy="account address" testId="review-account" />
        </Fact>
        <Fact label="Lives until" testId="review-lifetime">
          <LifetimeText permissions={review.permissions} now={now} />
        </Fact>
      </Facts>
      <DangerList permissions={review.permissions} />
      {review.permissions.map((permission) => (
        <PermissionCard
          key={`${permission.chainId}${permission.permissionId}`}
          permission={permission}
          nativeSymbol={symbols.get(permission.chainId)}
          now={now}
        />
      ))}
      <FeeCard review={review} symbols={symbols} now={now} />
      <Card title="The site’s key">
        <p class="card__note">
          Latchkey makes a key for this site alone and keeps it on this device. The site never sees it. Its
          address:
        </p>
        {redeemersOf(review).map((redeemer) => (
          <Address key={redeemer} value={redeemer} copy="address of the key" />
        ))}
      </Card>
    </>
  );
}

const redeemersOf = (review: PrepareReview) => [
  ...new Set(review.permissions.map(({ redeemer }) => redeemer)),
];
