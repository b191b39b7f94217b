import { type Address, decodeFunctionData, encodeFunctionData, type Hex } from 'viem';
import { smartSessionAbi } from '../constants/abis';
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

/** Calldata of SmartSession `removeSession`, to be called by the account. */
export function encodeRemoveSession(permission: Hex): Hex {
  return encodeFunctionData({ abi: smartSessionAbi, functionName: 'removeSession', args: [permission] });
}

/** Calldata of SmartSession `isPermissionEnabled` (view). */
export function encodeIsPermissionEnabled(permission: Hex, account: Address): Hex {
  return encodeFunctionData({
    abi: smartSessionAbi,
    functionName: 'isPermissionEnabled',
    args: [permission, account],
  });
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
