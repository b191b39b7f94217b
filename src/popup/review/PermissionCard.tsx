import type { ComponentChildren } from 'preact';
import type { ReviewedAction, ReviewedPermission } from '../../rpc/popup/procedures';
import { Card } from '../../ui/Card';
import { cleanText } from '../../ui/cleanText';
import { ActionBlock } from './ActionBlock';

type Props = {
  permission: ReviewedPermission;
  nativeSymbol: string | undefined;
  now: number;
  /** What stands below each function. */
  footOf?: (action: ReviewedAction) => ComponentChildren;
};

/** What is allowed on one chain. */
export function PermissionCard({ permission, nativeSymbol, now, footOf }: Props) {
  const { actions, chainName, chainId } = permission;
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
            foot={footOf?.(action)}
          />
        ),
      )}
    </Card>
  );
}
