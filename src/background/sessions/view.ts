import type { Address } from 'viem';
import { decodePolicy } from '../../protocol/policies/registry';
import type { Danger as ProtocolDanger } from '../../protocol/scope/danger';
import { type ActionReview, describeEnableSessions, type SessionReview } from '../../protocol/scope/review';
import { decodeEnableSessions, encodeEnableSessions } from '../../protocol/session/enable';
import type { Session } from '../../protocol/session/session';
import type { Danger, ReviewedAction, ReviewedPermission } from '../../rpc/popup/procedures';
import type { PlannedPermission } from '../../storage/records';
import { internalError } from '../errors/rpcErrors';
import type { TokenBook } from './tokenBook';

type ViewContext = {
  account: Address;
  tokens: TokenBook;
  /** Name of a chain, for people. */
  chainName: (chainId: number) => string;
};

const unreadable = () =>
  internalError({
    reason: 'SESSION_UNREADABLE',
    message: "The permission that would be signed can't be shown.",
    action: 'Ask for another permission.',
  });

const dangerOf = ({ sentence }: ProtocolDanger): Danger => ({
  severity: sentence.severity === 'danger' ? 'high' : 'warning',
  text: sentence.text,
});

const signatureOf = (action: ActionReview, claim: string | null): ReviewedAction['signature'] => {
  if (action.functionName !== null) return { text: action.functionName, source: 'known' };
  return claim === null ? undefined : { text: claim, source: 'dapp' };
};

const reviewedAction = (
  permission: PlannedPermission,
  session: Session,
  review: SessionReview,
  action: ActionReview,
  { tokens }: ViewContext,
): ReviewedAction => {
  const signature = signatureOf(action, permission.signatures[action.index] ?? null);
  const token = tokens.of(permission.chainId, action.target);
  const encoded = session.actions[action.index]?.actionPolicies ?? [];
  return {
    target: action.target,
    selector: action.selector,
    ...(signature === undefined ? {} : { signature }),
    policies: encoded.map(decodePolicy),
    feeBudget: action.feeBudget !== null,
    dangers: [...(action.index === 0 ? review.dangers : []), ...action.dangers].map(dangerOf),
    ...(token === undefined ? {} : { token }),
  };
};

const stepsOf = ({ deployAccount, installModule }: PlannedPermission): ReviewedPermission['steps'] => [
  ...(deployAccount ? (['deployAccount'] as const) : []),
  ...(installModule ? (['installSmartSessions'] as const) : []),
  'enablePermission',
];

/** What a person is shown of a permission: read back from the very `enableSessions` calldata that enables it. */
export const reviewPermission = (permission: PlannedPermission, context: ViewContext): ReviewedPermission => {
  const { chainId, feeBudgetIndex } = permission;
  const calldata = encodeEnableSessions([permission.session]);
  const [session] = decodeEnableSessions(calldata);
  const [review] = describeEnableSessions(calldata, { account: context.account, feeBudgetIndex });
  if (!session || !review?.redeemer || review.permissionId !== permission.permissionId) throw unreadable();
  return {
    chainId,
    chainName: context.chainName(chainId),
    permissionId: review.permissionId,
    redeemer: review.redeemer,
    actions: review.actions.map((action) => reviewedAction(permission, session, review, action, context)),
    steps: stepsOf(permission),
  };
};
