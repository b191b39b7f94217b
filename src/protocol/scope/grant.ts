import type { Address } from 'viem';
import type { Session } from '../session/session';

/** What a verdict needs to know about a grant on one chain. */
export type Grant = {
  /** The smart account the session belongs to. */
  account: Address;
  chainId: number;
  /** The session as it was enabled, byte for byte. */
  session: Session;
  /** Index in `session.actions` of the action that only pays fees; null when there is none. */
  feeBudgetIndex: number | null;
};
