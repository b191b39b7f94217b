import { ProtocolError } from '../errors';

/** Calldata that is not exactly what it should be. Codes: `EXECUTE_CALLDATA`, `COMPOSABLE_CALLDATA`, `NO_CALLS`. */
export class CalldataError extends ProtocolError {}

/** A list of calls that is empty. */
export function noCalls(): CalldataError {
  return new CalldataError('NO_CALLS', {
    shortMessage: 'There is no call to make.',
    action: 'Give at least one call.',
  });
}
