import type { ReviewedPermission } from '../../rpc/popup/procedures';
import { Card } from '../../ui/Card';
import { cleanText } from '../../ui/cleanText';
import { ActionBlock } from './ActionBlock';
import { StepList } from './StepList';

type Props = {
  permission: ReviewedPermission;
  nativeSymbol: string | undefined;
  now: number;
  /** Calls so far, in the order of the permission's actions. */
  used?: readonly bigint[];
};

/** What is allowed on one chain, and what happens there first. */
export function PermissionCard({ permission, nativeSymbol, now, used }: Props) {
  const { actions, steps, chainName, chainId } = permission;
  return (
    <Card
      title={<span data-testid="review-chain">{cleanText(chainName, 64)}</span>}
      aside={<span class="card__note">Chain {chainId}</span>}
    >
      {actions.map((action, index) =>
        action.feeBudget ? null : (
          <ActionBlock
            key={index}
            action={action}
            nativeSymbol={nativeSymbol}
            now={now}
            used={used?.[index]}
          />
        ),
      )}
      {steps.length > 0 && <StepList steps={steps} />}
    </Card>
  );
}
