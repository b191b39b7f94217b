import { escalationReason } from '../actions/escalation';
import { sameAddress } from '../address';
import { actionBounds } from './actionBounds';
import type { Difference } from './difference';
import { remainingFeeBudget } from './feeVerdict';
import type { Grant } from './grant';
import { emptyLedger, type Ledger } from './ledger';
import { policyDifferences } from './policyDifferences';
import { type PreparedAction, type PreparedPolicy, preparedAction, preparedActions } from './preparedSession';
import { sessionFault } from './sessionFault';
import { dappAction } from './sharedFee';

export type DiffParameters = {
  /** What is asked for, as the grant that it would become. Its session key doesn't matter. */
  asked: Grant;
  granted: Grant;
  /** What the grant has used so far. */
  ledger: Ledger;
  /** Unix seconds: what lies before is of no use to a request any more. */
  time: number;
};

/**
 * What a request asks for beyond a grant. None means that every call which the request would allow from now on is
 * allowed by what is left of the grant: then nobody needs to be asked. Errs towards a difference.
 */
export function diff({ asked, granted, ledger, time }: DiffParameters): readonly Difference[] {
  const general = generalDifferences(asked, granted);
  if (general.length > 0) return general;
  const wanted = [...preparedActions(asked.session).values()].filter((action) => !isFeeBudget(asked, action));
  return [
    ...wanted.flatMap((action) => actionDifferences({ asked, granted, ledger, time }, action)),
    ...feeDifferences(asked, granted, ledger),
  ];
}

/** Whether a request lies within what is left of a grant, so that nobody needs to be asked. */
export function isWithin(parameters: DiffParameters): boolean {
  return diff(parameters).length === 0;
}

function generalDifferences(asked: Grant, granted: Grant): readonly Difference[] {
  if (asked.chainId !== granted.chainId) return [{ kind: 'chain' }];
  if (!sameAddress(asked.account, granted.account)) return [{ kind: 'account' }];
  return sessionFault(granted) === null ? [] : [{ kind: 'unusable' }];
}

function isFeeBudget({ feeBudgetIndex }: Grant, { indexes }: PreparedAction): boolean {
  return feeBudgetIndex !== null && indexes.includes(feeBudgetIndex);
}

function actionDifferences(
  { asked, granted, ledger, time }: DiffParameters,
  action: PreparedAction,
): readonly Difference[] {
  const { target, selector } = action;
  const wanted = actionBounds(dappAction(asked, action), emptyLedger, time);
  if (wanted.isDead || wanted.isOver) return [];
  const held = heldAction(granted, ledger, time, action);
  const reason = escalationReason(target, granted.account, [granted.session.sessionValidator]);
  if (held === null || reason !== null) return [{ kind: 'newAction', target, selector }];
  const place = { target, selector };
  return held.flatMap(({ policy, keyOf }): readonly Difference[] =>
    policy === null
      ? [{ kind: 'newAction', ...place }]
      : policyDifferences(place, policy, keyOf, { wanted, ledger, time }),
  );
}

/** Every policy that a call of the same function meets in the grant; null where none can pass whatever is left. */
function heldAction(
  granted: Grant,
  ledger: Ledger,
  time: number,
  { target, selector }: PreparedAction,
): readonly PreparedPolicy[] | null {
  const filed = preparedAction(granted.session, target, selector);
  if (filed === null || isFeeBudget(granted, filed)) return null;
  const own = dappAction(granted, filed);
  const all = own === filed ? [filed] : [own, filed];
  if (all.some((action) => actionBounds(action, ledger, time).isDead)) return null;
  return all.flatMap(({ policies }) => policies);
}

function feeDifferences(asked: Grant, granted: Grant, ledger: Ledger): readonly Difference[] {
  const wanted = remainingFeeBudget(asked, emptyLedger);
  if (wanted === null) return [];
  const left = remainingFeeBudget(granted, ledger);
  const { token, remaining } = wanted;
  if (left === null || !sameAddress(left.token, token)) return [{ kind: 'feeToken', token }];
  if (remaining <= left.remaining) return [];
  return [{ kind: 'feeBudget', token, granted: left.remaining, asked: remaining }];
}
