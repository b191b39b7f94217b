import type { Call } from '../actions/call';
import { checkCall } from './checkCall';
import type { Denial } from './denial';
import type { Grant } from './grant';
import type { Ledger } from './ledger';
import { sessionFault } from './sessionFault';

export type VerdictParameters = {
  grant: Grant;
  /** What the grant has used so far. */
  ledger: Ledger;
  /** The calls of one operation, in order. */
  calls: readonly Call[];
  /** Unix seconds of the block that would include them. */
  time: number;
};

/** Allowed with the ledger after the calls, or refused with every reason found. */
export type Verdict = { allowed: true; ledger: Ledger } | { allowed: false; reasons: readonly Denial[] };

/**
 * Whether the chain would let a session key make these calls, judged by the rules of SmartSession and its policy
 * contracts: call by call, policies in the order of the session, counters adding up within the batch. Stricter
 * than the chain in what no grant may give: calls of the account itself, of its modules and of EntryPoint,
 * and use of the fee budget.
 */
export function verdict({ grant, ledger, calls, time }: VerdictParameters): Verdict {
  const fault = sessionFault(grant, calls);
  if (fault !== null) return { allowed: false, reasons: [fault] };
  const reasons: Denial[] = [];
  let current = ledger;
  calls.forEach((call, callIndex) => {
    const outcome = checkCall({ grant, ledger: current, call, callIndex, time });
    if (outcome.allowed) current = outcome.ledger;
    else reasons.push(...outcome.reasons);
  });
  return reasons.length === 0 ? { allowed: true, ledger: current } : { allowed: false, reasons };
}
