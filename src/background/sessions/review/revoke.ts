import type { RevokeReview } from '../../../rpc/popup/review';
import type { ReviewedPermission } from '../../../rpc/popup/reviewParts';
import type { PlannedPermission, RevokePlan, RevokeRequest } from '../../../storage/records';
import { type ViewContext, viewPermission } from '../view';
import { reviewFee, reviewSponsor } from './funding';
import { reviewChains } from './operations';

const steps = { permission: 'removePermission', action: 'disableAction' } as const;

/** A permission that is removed, or of which one action is. */
const removed = (
  permission: PlannedPermission,
  { scope }: RevokePlan,
  { params }: RevokeRequest,
  context: ViewContext,
): ReviewedPermission => {
  const view = viewPermission(permission, context);
  const { action } = params;
  const actions = action
    ? view.actions.filter(
        ({ target, selector }) => target === action.actionTarget && selector === action.actionTargetSelector,
      )
    : view.actions;
  return { ...view, actions, steps: [steps[scope]] };
};

/** Everything that a person is shown of a revocation, before its digest. */
export const reviewRevoke = (parts: {
  record: RevokeRequest;
  plan: RevokePlan;
  context: ViewContext;
}): Omit<RevokeReview, 'digest'> => {
  const { record, plan, context } = parts;
  const { id, origin, createdAt, expiresAt, by } = record;
  const fee = reviewFee(plan, context.tokens);
  const sponsor = reviewSponsor(plan);
  return {
    ...{ id, kind: 'revoke', origin, createdAt, expiresAt, by },
    account: plan.account,
    grantId: plan.grantId,
    permissions: plan.permissions.map((permission) => removed(permission, plan, record, context)),
    scope: plan.scope,
    chains: reviewChains(plan, context.chainName, (purpose) =>
      purpose === 'enablePermission' ? steps[plan.scope] : purpose,
    ),
    ...(fee === undefined ? {} : { fee }),
    ...(sponsor === undefined ? {} : { sponsor }),
    dangers: [],
  };
};
