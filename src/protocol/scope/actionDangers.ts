import type { Address } from 'viem';
import { escalationReason } from '../actions/escalation';
import { sameAddress } from '../address';
import { fallbackTargetAddress } from '../constants/addresses';
import { nativeTransferSelector } from '../constants/modes';
import { ProtocolError } from '../errors';
import type { Policy } from '../policies/policy';
import { validatePolicy } from '../policies/registry';
import { type ActionBounds, actionBounds } from './actionBounds';
import { readable } from './bound';
import { type Danger, danger } from './danger';
import { emptyLedger } from './ledger';
import type { PreparedAction } from './preparedSession';
import { tokenDangers } from './tokenDangers';

/** Dangers of one action, from what its policies leave. */
export function actionDangers(action: PreparedAction, account?: Address): readonly Danger[] {
  const policies = action.policies.flatMap(({ policy }) => (policy === null ? [] : [policy]));
  const bounds = actionBounds(action, emptyLedger, 0);
  return [
    ...unknownPolicies(action),
    ...targetDangers(action, account),
    ...limitDangers(policies),
    ...tokenDangers(action, bounds),
    ...nativeDangers(action, bounds),
    ...policies.flatMap(unsound),
  ];
}

function unknownPolicies({ policies }: PreparedAction): readonly Danger[] {
  return policies.flatMap(({ address, policy }) =>
    policy !== null
      ? []
      : [
          danger(
            'UNKNOWN_POLICY',
            'danger',
            "A policy that can't be read: ",
            { kind: 'address', value: address },
            '.',
          ),
        ],
  );
}

function targetDangers({ target }: PreparedAction, account?: Address): readonly Danger[] {
  if (sameAddress(target, fallbackTargetAddress)) {
    return [danger('ANY_CONTRACT', 'danger', 'This stands for every function of every contract.')];
  }
  const reason = escalationReason(target, account);
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

/** A transfer of native coin without limit; for other functions it is part of SUDO and its like. */
function nativeDangers({ selector }: PreparedAction, { native }: ActionBounds): readonly Danger[] {
  const isTransfer = selector.toLowerCase() === nativeTransferSelector;
  if (!isTransfer || readable(native.most) !== 'unlimited') return [];
  return [
    danger('UNLIMITED_NATIVE', 'danger', 'Unlimited: all native coin of the account can be sent away.'),
  ];
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
