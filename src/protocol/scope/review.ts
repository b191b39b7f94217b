import { type Address, getAddress, type Hex, size } from 'viem';
import { decodeEnableSessions } from '../session/enable';
import { permissionId } from '../session/permission';
import type { Session } from '../session/session';
import { type ActionReview, describeAction, type ReviewContext } from './actionReview';
import type { Danger } from './danger';
import { sessionDangers } from './sessionDangers';

export type { ActionReview, ReviewContext } from './actionReview';

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

function latest(ends: readonly (number | null)[]): number | null {
  const known = ends.filter((end) => end !== null);
  return known.length < ends.length || known.length === 0 ? null : Math.max(...known);
}
