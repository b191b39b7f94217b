import type { ReviewedPermission, RevokeReview } from '../../rpc/popup/procedures';
import { Address } from '../../ui/Address';
import { Card } from '../../ui/Card';
import { cleanText } from '../../ui/cleanText';
import { Fact, Facts } from '../../ui/Facts';
import { Notice } from '../../ui/Notice';
import { FeeFacts } from '../funds/FeeFacts';
import { ActionFacts } from './ActionBlock';
import { DangerList } from './DangerList';
import { revokeMeaning, revokeWish } from './intent';
import { OriginBlock } from './OriginBlock';
import { StepList } from './StepList';
import type { Acknowledgements } from './useAcknowledged';

/** A permission, or one function of it, that is to be removed on chain. */
export function RevokeReviewBody({ review, agreed }: { review: RevokeReview; agreed: Acknowledgements }) {
  const { origin, account, permissions, chains, fee, sponsor } = review;
  return (
    <div class="stack" data-testid="review-revoke">
      <OriginBlock origin={origin} wants={revokeWish(review)} />
      <Notice title="Stopped already">
        <p>{revokeMeaning(review)}</p>
      </Notice>
      <Facts>
        <Fact label="Account">
          <Address value={account} copy="account address" testId="review-account" />
        </Fact>
      </Facts>
      <DangerList review={review} agreed={agreed} />
      {permissions.map((permission) => (
        <RemovedCard key={`${permission.chainId}${permission.permissionId}`} permission={permission} />
      ))}
      <Card title="Fees">
        <Facts>
          <FeeFacts fee={fee} sponsor={sponsor} chains={chains} payer="Paid from your account" />
        </Facts>
      </Card>
      <StepList title="If you remove it" chains={chains} />
    </div>
  );
}

function RemovedCard({ permission }: { permission: ReviewedPermission }) {
  const { chainName, chainId, actions } = permission;
  return (
    <Card
      title={<span data-testid="review-chain">{`Removed on ${cleanText(chainName, 64)}`}</span>}
      aside={<span class="card__note">Chain {chainId}</span>}
    >
      {actions.map((action, index) =>
        action.feeBudget ? null : (
          <div key={index} class="function">
            <ActionFacts action={action} />
          </div>
        ),
      )}
    </Card>
  );
}
