import { type Address, decodeFunctionData, encodeFunctionData, type Hex } from 'viem';
import type { Call } from '../actions/call';
import { type ComposableCall, fixedCall, withConditions } from '../actions/composableCall';
import { validatorInstalled } from '../actions/runtime';
import { smartSessionAbi } from '../constants/abis';
import { smartSessionAddress } from '../constants/addresses';
import { ProtocolError } from '../errors';
import type { Session } from './session';

/** Calldata that should enable sessions and doesn't read as such. Code `ENABLE_CALLDATA`. */
export class EnableCalldataError extends ProtocolError {}

/** Calldata of SmartSession `enableSessions`, to be called by the account. */
export function encodeEnableSessions(sessions: readonly Session[]): Hex {
  return encodeFunctionData({ abi: smartSessionAbi, functionName: 'enableSessions', args: [sessions] });
}

/**
 * Reads `enableSessions` calldata back. Only calldata that `encodeEnableSessions` would make again is accepted,
 * so what is shown from the answer is exactly what is signed.
 * @throws EnableCalldataError
 */
export function decodeEnableSessions(data: Hex): Session[] {
  const sessions = readSessions(data);
  if (encodeEnableSessions(sessions).toLowerCase() === data.toLowerCase()) return sessions;
  throw notEnable('It does not encode back to the same bytes.');
}

/**
 * The call that enables sessions.
 * @param smartSession another deployment of the module; then it is that one everywhere
 */
export function enableSessionsCall(
  sessions: readonly Session[],
  smartSession: Address = smartSessionAddress,
): Call {
  return { to: smartSession, value: 0n, data: encodeEnableSessions(sessions) };
}

/**
 * The call that enables one part of a session on its own, on the condition that the module is installed by then.
 * Parts of one session share validator, init data and salt, and so the permission id.
 */
export function enablePartCall(parameters: {
  part: Session;
  account: Address;
  smartSession?: Address;
}): ComposableCall {
  const { part, account, smartSession = smartSessionAddress } = parameters;
  return withConditions(fixedCall(enableSessionsCall([part], smartSession)), [
    validatorInstalled({ account, module: smartSession }),
  ]);
}

function readSessions(data: Hex): Session[] {
  try {
    const decoded = decodeFunctionData({ abi: smartSessionAbi, data });
    if (decoded.functionName === 'enableSessions') return [...decoded.args[0]];
  } catch (cause) {
    throw notEnable('It does not decode.', cause);
  }
  throw notEnable('It calls another function.');
}

function notEnable(details: string, cause?: unknown): EnableCalldataError {
  return new EnableCalldataError('ENABLE_CALLDATA', {
    shortMessage: 'This is not the calldata of enableSessions.',
    details,
    action: 'Do not sign it; ask for the permission again.',
    cause,
  });
}
