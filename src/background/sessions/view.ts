import type { Address } from 'viem';
import { tryDecodePolicy } from '../../protocol/policies/registry';
import { type ActionReview, describeEnableSessions, type SessionReview } from '../../protocol/scope/review';
import { decodeEnableSessions, encodeEnableSessions } from '../../protocol/session/enable';
import type { WidenedLimit } from '../../protocol/session/paymentWiden';
import type { Session } from '../../protocol/session/session';
import type { ReviewedAction, ReviewedPermission, WidenedRule } from '../../rpc/popup/reviewParts';
import type { PlannedPermission } from '../../storage/records';
import { internalError } from '../errors/rpcErrors';
import { assertAllowed, dangerOf } from './dangers';
import type { CodeBook } from './review/codeFacts';
import type { TokenBook } from './tokenBook';

export type ViewContext = {
  account: Address;
  tokens: TokenBook;
  /** Name of a chain, for people. */
  chainName: (chainId: number) => string;
  /** What stands at the addresses; absent where nothing is judged any more. */
  code?: CodeBook;
};

const unreadable = () =>
  internalError({
    reason: 'SESSION_UNREADABLE',
    message: "The permission that would be signed can't be shown.",
    action: 'Ask for another permission.',
  });

const widenedRule = ({ policy, rule, limit, asked, granted }: WidenedLimit): WidenedRule => ({
  policy,
  ...(rule === null ? {} : { rule }),
  limit,
  asked,
  granted,
});

const widenedOf = ({ sharedFee }: PlannedPermission, index: number): readonly WidenedRule[] =>
  sharedFee?.index === index ? sharedFee.widened.map(widenedRule) : [];

const reviewedAction = (
  permission: PlannedPermission,
  session: Session,
  review: SessionReview,
  action: ActionReview,
  { tokens }: ViewContext,
): ReviewedAction => {
  const { index } = action;
  const { signature } = action;
  const token = tokens.of(permission.chainId, action.target);
  const encoded = session.actions[index]?.actionPolicies ?? [];
  return {
    target: action.target,
    selector: action.selector,
    ...(signature === null ? {} : { signature }),
    policies: encoded.map(tryDecodePolicy).filter((policy) => policy !== null),
    feeBudget: action.feeBudget !== null,
    widened: widenedOf(permission, index),
    dangers: [...(index === 0 ? review.dangers : []), ...action.dangers].map(dangerOf),
    ...(token === undefined ? {} : { token }),
    state: permission.states?.[index] ?? 'enabled',
  };
};

const stepsOf = ({ deployAccount, installModule }: PlannedPermission): ReviewedPermission['steps'] => [
  ...(deployAccount ? (['deployAccount'] as const) : []),
  ...(installModule ? (['installSmartSessions'] as const) : []),
  'enablePermission',
];

type View = { shown: ReviewedPermission; review: SessionReview };

const viewOf = (permission: PlannedPermission, context: ViewContext): View => {
  const { chainId, feeBudgetIndex } = permission;
  const calldata = encodeEnableSessions([permission.session]);
  const [session] = decodeEnableSessions(calldata);
  const [review] = describeEnableSessions(calldata, {
    account: context.account,
    feeBudgetIndex,
    claims: permission.signatures,
    ...(context.code === undefined ? {} : { facts: context.code.on(chainId) }),
  });
  if (!session || !review?.redeemer || review.permissionId !== permission.permissionId) throw unreadable();
  const shown = {
    chainId,
    chainName: context.chainName(chainId),
    permissionId: review.permissionId,
    redeemer: review.redeemer,
    actions: review.actions.map((action) => reviewedAction(permission, session, review, action, context)),
    steps: stepsOf(permission),
  };
  return { shown, review };
};

/**
 * What a person is shown of a permission that was approved, whatever is known of its policies by now: it must always be
 * possible to see it and to take it away. Policies that can't be read are told as dangers.
 * @throws RpcError SESSION_UNREADABLE
 */
export const viewPermission = (permission: PlannedPermission, context: ViewContext): ReviewedPermission =>
  viewOf(permission, context).shown;

/**
 * What a person is shown of a permission before it is approved: read back from the very `enableSessions` calldata that
 * enables it.
 * @throws RpcError -32602 for what may never be approved, SESSION_UNREADABLE
 */
export const reviewPermission = (permission: PlannedPermission, context: ViewContext): ReviewedPermission => {
  const { shown, review } = viewOf(permission, context);
  assertAllowed([...review.dangers, ...review.actions.flatMap(({ dangers }) => dangers)]);
  return shown;
};
