import type { Call } from '../actions/call';
import { type AskedAction, askedAction, checkCall } from './checkCall';
import type { Denial } from './denial';
import type { Grant } from './grant';
import type { Ledger } from './ledger';
import { type CallOutcome, filedSelector, type PlacedCall } from './placedCall';
import { noCalls, sessionFault } from './sessionFault';
import { stricterCheck } from './stricterCheck';

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
 * Whether a session key may make these calls, judged by the rules of SmartSession and its policy contracts: call by
 * call, policies in the order of the session, counters adding up within the batch; and by what no grant may give
 * (`Denial.chainRefusal` null): calls of the account itself, of its modules and of EntryPoint, use of the fee budget,
 * hidden bytes. Reasons come in the chain's order, so time windows, which EntryPoint judges, come last; a call that
 * is refused counts as not made for the calls after it.
 */
export function verdict(parameters: VerdictParameters): Verdict {
  return judge(parameters, stricterCheck);
}

/**
 * What the chain alone would answer, exactly: SmartSession's checks and EntryPoint's time window, the fallback action
 * included. For reconciling and for judging operations that others made; `verdict` decides what may be signed.
 */
export function chainVerdict(parameters: VerdictParameters): Verdict {
  return judge(parameters, () => ({ denials: [], counters: {} }));
}

type FurtherCheck = (placed: PlacedCall, asked: AskedAction | null) => CallOutcome;

function judge({ grant, ledger, calls, time }: VerdictParameters, further: FurtherCheck): Verdict {
  const fault = sessionFault(grant) ?? (calls.length === 0 ? noCalls() : null);
  if (fault !== null) return { allowed: false, reasons: [fault] };
  const current: Record<string, bigint> = { ...ledger };
  const used = (key: string) => current[key];
  const reasons: Denial[] = [];
  for (const [callIndex, call] of calls.entries()) {
    const selector = filedSelector(call.data);
    const placed = { grant, call, callIndex, selector, time, used };
    const asked = askedAction(grant, call.to, selector);
    const own = further(placed, asked);
    const chain = checkCall(placed, asked);
    const found = [...own.denials, ...chain.denials];
    if (found.every(isWindow)) Object.assign(current, own.counters, chain.counters);
    reasons.push(...found);
  }
  return reasons.length === 0
    ? { allowed: true, ledger: current }
    : { allowed: false, reasons: windowsLast(reasons) };
}

/** EntryPoint judges time windows after SmartSession is done with every call, so they stop no counting. */
function isWindow({ chainRefusal }: Denial): boolean {
  return chainRefusal === 'AA22';
}

function windowsLast(reasons: readonly Denial[]): readonly Denial[] {
  return [...reasons.filter((reason) => !isWindow(reason)), ...reasons.filter(isWindow)];
}
