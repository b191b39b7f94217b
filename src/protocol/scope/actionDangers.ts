import type { Address } from 'viem';
import type { ActionData } from '../actions/action';
import { escalationReason } from '../actions/escalation';
import { spendKind } from '../actions/spend';
import { selectors } from '../constants/selectors';
import { ProtocolError } from '../errors';
import type { Policy } from '../policies/policy';
import { validatePolicy } from '../policies/registry';
import { type Danger, danger } from './danger';
import { spendBounds } from './spendBounds';

/** Dangers of one action, from its readable policies. */
export function actionDangers(
  action: ActionData,
  policies: readonly Policy[],
  account?: Address,
): readonly Danger[] {
  return [
    ...targetDangers(action, account),
    ...limitDangers(policies),
    ...spendDangers(action, policies),
    ...approvalDangers(action),
    ...policies.flatMap(unsound),
  ];
}

function targetDangers({ actionTarget }: ActionData, account?: Address): readonly Danger[] {
  const reason = escalationReason(actionTarget, account);
  if (reason === null) return [];
  return [
    danger('ESCALATION_TARGET', 'danger', `This calls ${reason}: the key could give itself more rights.`),
  ];
}

function limitDangers(policies: readonly Policy[]): readonly Danger[] {
  if (policies.length === 0)
    return [danger('NO_POLICIES', 'warning', 'No policy: the chain refuses every use.')];
  const found: Danger[] = [];
  if (policies.every(({ type }) => type === 'sudo' || type === 'timeframe')) found.push(onlyTime(policies));
  const ends = policies.some((policy) => policy.type === 'timeframe' && policy.validUntil !== 0);
  if (!ends) found.push(danger('NO_EXPIRY', 'danger', 'No end date: it stays valid until it is revoked.'));
  return found;
}

function onlyTime(policies: readonly Policy[]): Danger {
  return policies.some(({ type }) => type === 'sudo')
    ? danger('SUDO', 'danger', 'No limit on this function: any arguments, any number of calls.')
    : danger('ONLY_TIME', 'notice', 'Only the time is limited: any arguments, any number of calls.');
}

function spendDangers(
  { actionTarget, actionTargetSelector }: ActionData,
  policies: readonly Policy[],
): readonly Danger[] {
  const kind = spendKind(actionTargetSelector);
  if (kind === null) return [];
  const bounds = spendBounds(kind, actionTarget, policies);
  const found: Danger[] = [];
  if (!bounds.perCall) {
    found.push(
      danger('UNLIMITED_AMOUNT', 'danger', 'Unlimited: the whole balance of the token can be taken.'),
    );
  } else if (!bounds.total) {
    found.push(
      danger('NO_TOTAL', 'warning', 'Each call is limited, but not how much all calls take together.'),
    );
  }
  if (!bounds.counterparty) {
    const approval = kind === 'approve' || kind === 'increaseAllowance';
    found.push(
      approval
        ? danger('ANY_RECIPIENT', 'danger', 'Any contract or person can be made a spender.')
        : danger('ANY_RECIPIENT', 'notice', 'The tokens can go to anybody.'),
    );
  }
  return found;
}

function approvalDangers({ actionTargetSelector }: ActionData): readonly Danger[] {
  switch (actionTargetSelector.toLowerCase()) {
    case selectors.approve:
    case selectors.increaseAllowance:
    case selectors.permit2Approve:
      return [
        danger('ALLOWANCE_OUTLIVES_SESSION', 'warning', 'An approval stays after the permission ends.'),
      ];
    case selectors.setApprovalForAll:
      return [danger('OPERATOR_APPROVAL', 'danger', 'Hands over every token of this collection, for good.')];
    default:
      return [];
  }
}

function unsound(policy: Policy): readonly Danger[] {
  try {
    validatePolicy(policy);
    return [];
  } catch (error) {
    if (error instanceof ProtocolError) return [danger('POLICY_UNSOUND', 'warning', error.shortMessage)];
    throw error;
  }
}
