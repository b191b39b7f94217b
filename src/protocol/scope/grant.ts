import type { Address } from 'viem';
import type { SharedFeeBudget } from '../session/payment';
import type { Session } from '../session/session';

/** What a verdict needs to know about a grant on one chain. */
export type Grant = {
  /** The smart account the session belongs to. */
  account: Address;
  chainId: number;
  /** The session as it was enabled, byte for byte. The same object as long as it is the same session: it is read once. */
  session: Session;
  /** Index in `session.actions` of the action that only pays fees; null when there is none. */
  feeBudgetIndex: number | null;
  /** Where fees are paid through an action of the person instead: what the dapp may do with it, and what fees may take. */
  sharedFee?: SharedFeeBudget;
};
