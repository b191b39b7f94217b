import { type Hex, size } from 'viem';
import type { Call } from '../actions/call';
import { decodeExecute } from '../actions/execute';
import { ProtocolError } from '../errors';
import { executeSelector, executeUserOpSelector } from './chainSelectors';
import { type ChainRefusal, type Denial, wholeDenial } from './denial';
import { filedSelector } from './placedCall';
import { sessionFault } from './sessionFault';
import { type Verdict, type VerdictParameters, verdict } from './verdict';

export type CallDataVerdictParameters = Omit<VerdictParameters, 'calls'> & {
  /** `callData` of the operation. */
  callData: Hex;
};

/**
 * Like `verdict`, for an operation's calldata: only `execute` in single or batch mode, reverting on failure, is ever
 * allowed. Any other call of the account, delegatecall and try modes among them, is refused.
 */
export function callDataVerdict({ callData, ...rest }: CallDataVerdictParameters): Verdict {
  const calls = readCalls(callData);
  if (calls !== null) return verdict({ ...rest, calls });
  return { allowed: false, reasons: [sessionFault(rest.grant) ?? unsupported(callData)] };
}

function readCalls(callData: Hex): readonly Call[] | null {
  try {
    return decodeExecute(callData);
  } catch (error) {
    if (error instanceof ProtocolError) return null;
    throw error;
  }
}

function unsupported(callData: Hex): Denial {
  return wholeDenial('EXECUTION_UNSUPPORTED', refusalOf(callData), {
    expected: 'execute in single or batch mode',
    got: callData.slice(0, 74),
    message: 'The operation does more than make plain calls, which no permission allows.',
  });
}

/** What SmartSession says of the mode; null where it would read on and only this product refuses. */
function refusalOf(callData: Hex): ChainRefusal | null {
  const selector = filedSelector(callData);
  if (selector === executeUserOpSelector) return 'UnsupportedExecutionType';
  if (selector !== executeSelector || size(callData) < 36) return null;
  const [callType, executionType] = [callData.slice(10, 12), callData.slice(12, 14)];
  if (executionType !== '00') return 'UnsupportedExecutionType';
  return callType === '00' || callType === '01' ? null : 'UnsupportedCallType';
}
