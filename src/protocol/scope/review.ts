import { type Address, getAddress, type Hex, size } from 'viem';
import type { ActionData } from '../actions/action';
import type { EncodedPolicy, Policy, PolicyType } from '../policies/policy';
import { describePolicy, tryDecodePolicy } from '../policies/registry';
import type { Sentence } from '../policies/sentence';
import { isUnlimited } from '../policies/unlimited';
import { decodeEnableSessions } from '../session/enable';
import { type FeeBudgetParameters, readFeeBudget } from '../session/payment';
import { permissionId } from '../session/permission';
import type { Session } from '../session/session';
import { actionDangers } from './actionDangers';
import { type Danger, danger } from './danger';
import { functionName } from './functionName';
import { sessionDangers } from './sessionDangers';

/** One policy of an action as it will be enforced. */
type PolicyReview = { policy: Address; type: PolicyType | null; sentences: readonly Sentence[] };

/** One action of a session as it will be enforced. */
export type ActionReview = {
  index: number;
  target: Address;
  selector: Hex;
  /** Name where the selector alone tells it. */
  functionName: string | null;
  /** Set when this action is the grant's fee budget; amounts in the token's smallest unit. */
  feeBudget: FeeBudgetParameters | null;
  policies: readonly PolicyReview[];
  /** Last second of validity; null when there is no end. */
  validUntil: number | null;
  dangers: readonly Danger[];
};

/** A session as it will be enforced. */
export type SessionReview = {
  permissionId: Hex;
  sessionValidator: Address;
  /** Address of the session key; null when the validator's init data is of another shape. */
  redeemer: Address | null;
  actions: readonly ActionReview[];
  /** Last second at which any action but the fee budget is valid; null when one has no end. */
  validUntil: number | null;
  /** Dangers of the session as a whole; each action has its own besides. */
  dangers: readonly Danger[];
};

export type ReviewContext = {
  /** The smart account, so that actions on it are marked. */
  account?: Address;
  /** Index of the action that only pays fees, as `withFeeBudget` returned it. */
  feeBudgetIndex?: number | null;
};

/**
 * Facts for a review, read from the bytes that will be signed: `enableSessions` calldata.
 * @throws EnableCalldataError
 */
export function describeEnableSessions(data: Hex, context: ReviewContext = {}): readonly SessionReview[] {
  return decodeEnableSessions(data).map((session) => describeSession(session, context));
}

/** Facts for a review of one session, read from its encoded policies. */
export function describeSession(session: Session, context: ReviewContext = {}): SessionReview {
  const actions = session.actions.map((action, index) => describeAction(action, index, context));
  const ends = actions.filter(({ feeBudget }) => feeBudget === null).map(({ validUntil }) => validUntil);
  return {
    permissionId: permissionId(session),
    sessionValidator: session.sessionValidator,
    redeemer:
      size(session.sessionValidatorInitData) === 20 ? getAddress(session.sessionValidatorInitData) : null,
    actions,
    validUntil: latest(ends),
    dangers: sessionDangers(session),
  };
}

function describeAction(action: ActionData, index: number, context: ReviewContext): ActionReview {
  const { actionTarget: target, actionTargetSelector: selector } = action;
  const read = action.actionPolicies.map((encoded) => ({ encoded, policy: tryDecodePolicy(encoded) }));
  const known = read.flatMap(({ policy }) => (policy === null ? [] : [policy]));
  const unknown = read.filter(({ policy }) => policy === null).map(({ encoded }) => unknownPolicy(encoded));
  const feeBudget = index === context.feeBudgetIndex ? readFeeBudget(action) : null;
  return {
    index,
    target,
    selector,
    functionName: functionName(selector),
    feeBudget,
    policies: read.map(({ encoded, policy }) => ({
      policy: encoded.policy,
      type: policy?.type ?? null,
      sentences:
        policy === null ? [unknownPolicy(encoded).sentence] : describePolicy(policy, { target, selector }),
    })),
    validUntil: endOf(known),
    dangers:
      feeBudget === null
        ? [...unknown, ...actionDangers(action, known, context.account)]
        : feeBudgetDangers(feeBudget),
  };
}

function feeBudgetDangers({ maxPaymentAmount }: FeeBudgetParameters): readonly Danger[] {
  return isUnlimited(maxPaymentAmount)
    ? [danger('UNLIMITED_AMOUNT', 'danger', 'The fee budget is unlimited.')]
    : [];
}

function unknownPolicy({ policy }: EncodedPolicy): Danger {
  return danger(
    'UNKNOWN_POLICY',
    'danger',
    "A policy that can't be read: ",
    { kind: 'address', value: policy },
    '.',
  );
}

function endOf(policies: readonly Policy[]): number | null {
  const ends = policies.flatMap((policy) =>
    policy.type === 'timeframe' && policy.validUntil !== 0 ? [policy.validUntil] : [],
  );
  return ends.length === 0 ? null : Math.min(...ends);
}

function latest(ends: readonly (number | null)[]): number | null {
  const known = ends.filter((end) => end !== null);
  return known.length < ends.length || known.length === 0 ? null : Math.max(...known);
}
