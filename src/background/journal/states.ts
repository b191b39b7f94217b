import type { RequestState } from '../../rpc/dapp/methods';

/**
 * Every legal step of a request. `approved` means by the person (PREPARE, connect) or by the grant (USE);
 * `quoted` repeats itself because a restart asks for a fresh quote; connect ends at `confirmed` without a transaction, and so does a request for
 * which nothing has to be done.
 */
const nextStates: Readonly<Record<RequestState, readonly RequestState[]>> = {
  received: ['awaitingReview', 'approved', 'confirmed', 'failed', 'rejected', 'expired'],
  awaitingReview: ['approved', 'rejected', 'expired', 'failed'],
  approved: ['quoted', 'confirmed', 'failed', 'expired'],
  quoted: ['quoted', 'signed', 'failed', 'expired'],
  signed: ['submitted', 'failed', 'expired'],
  submitted: ['mined', 'failed', 'expired'],
  mined: ['confirmed', 'failed'],
  confirmed: [],
  failed: [],
  rejected: [],
  expired: [],
};

const states = Object.keys(nextStates) as RequestState[];

/** Whether a request is over. */
export const isFinal = (state: RequestState): boolean => nextStates[state].length === 0;

/** The states in which a request still has work or waits for somebody. */
export const openStates: readonly RequestState[] = states.filter((state) => !isFinal(state));

/** The states in which a request is over. */
export const finalStates: readonly RequestState[] = states.filter(isFinal);

/** Whether a request may go from one state to another. */
export const isLegalStep = (from: RequestState, to: RequestState): boolean => nextStates[from].includes(to);
