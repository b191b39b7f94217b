import { type Hex, size, slice } from 'viem';
import type { Call } from '../actions/call';
import { hasCleanArguments } from '../actions/cleanArguments';
import { escalationReason } from '../actions/escalation';
import { nativeTransferSelector } from '../constants/modes';
import { type FiledAction, filedAction } from './actionPolicies';
import { checkPolicies } from './checkPolicies';
import type { Denial, ScopeDenialCode } from './denial';
import type { Grant } from './grant';
import type { Ledger } from './ledger';

export type CallParameters = { grant: Grant; ledger: Ledger; call: Call; callIndex: number; time: number };

/** Allowed with the ledger after the call, or refused with every reason found. */
export type CallOutcome = { allowed: true; ledger: Ledger } | { allowed: false; reasons: readonly Denial[] };

/** The selector under which SmartSession files a call. */
function filedSelector(data: Hex): Hex {
  return size(data) < 4 ? nativeTransferSelector : slice(data, 0, 4);
}

/** Checks one call of a batch against a grant. */
export function checkCall(parameters: CallParameters): CallOutcome {
  const { grant, call } = parameters;
  const selector = filedSelector(call.data);
  const forbidden = forbiddenCall(parameters, selector);
  if (forbidden !== null) return { allowed: false, reasons: [forbidden] };
  const action = filedAction(grant.session, call.to, selector);
  if (action === null || action.policies.length === 0) {
    return refuse(parameters, selector, 'ACTION_NOT_GRANTED', {
      expected: 'a function that the permission names',
      got: `${selector} on ${call.to}`,
      message: 'The permission does not include this function of this contract.',
    });
  }
  if (isFeeBudget(grant, action)) {
    return refuse(parameters, selector, 'FEE_BUDGET_ONLY', {
      expected: 'no use of the fee budget',
      got: `${selector} on ${call.to}`,
      message: 'This transfer is granted for network fees only.',
    });
  }
  return checkPolicies(parameters, selector, action);
}

function forbiddenCall(parameters: CallParameters, selector: Hex): Denial | null {
  const { grant, call } = parameters;
  const reason = escalationReason(call.to, grant.account, [grant.session.sessionValidator]);
  if (reason !== null) {
    return denial(parameters, selector, 'ESCALATION_TARGET', {
      expected: 'a contract outside the account',
      got: `${reason} (${call.to})`,
      message: `A permission never allows a call of ${reason}.`,
    });
  }
  if (selector === nativeTransferSelector && size(call.data) > 0) {
    return denial(parameters, selector, 'NATIVE_TRANSFER_CARRIES_DATA', {
      expected: 'no calldata',
      got: `${size(call.data)} bytes`,
      message: 'A plain transfer of native coin may not carry calldata.',
    });
  }
  if (!hasCleanArguments(call.data)) {
    return denial(parameters, selector, 'ARGUMENTS_UNREADABLE', {
      expected: 'whole arguments with clean addresses',
      got: call.data.slice(0, 202),
      message: 'The arguments of this token call are cut short or carry hidden bytes.',
    });
  }
  return null;
}

function isFeeBudget({ feeBudgetIndex }: Grant, { indexes }: FiledAction): boolean {
  return feeBudgetIndex !== null && indexes.includes(feeBudgetIndex);
}

type DenialText = Pick<Denial, 'expected' | 'got' | 'message'>;

function denial(
  { call, callIndex }: CallParameters,
  selector: Hex,
  code: ScopeDenialCode,
  text: DenialText,
): Denial {
  return { code, callIndex, target: call.to, selector, ...text };
}

function refuse(
  parameters: CallParameters,
  selector: Hex,
  code: ScopeDenialCode,
  text: DenialText,
): CallOutcome {
  return { allowed: false, reasons: [denial(parameters, selector, code, text)] };
}
