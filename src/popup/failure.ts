import { RpcError, type RpcErrorData, type SerializedRpcError } from '../rpc/errors';
import { cleanText } from '../ui/cleanText';
import { durationText } from '../ui/timeText';
import { type Damage, damageOf } from './damage';
import { PopupError } from './popupError';

/** A failure ready to show. Texts may hold a node's or a site's words, so they are cleaned. */
export type Failure = {
  message: string;
  reason?: string;
  action?: string;
  /** The stored vault is damaged: how much of it, as far as it is known. */
  damage?: Damage;
};

const messageLength = 400;

function actionOf({ action, details }: RpcErrorData): string {
  const wait = details?.waitSeconds;
  if (typeof wait === 'number' && wait > 0) return `Wait ${durationText(wait)}, then try again.`;
  return cleanText(action, messageLength);
}

/** What to show of an error that came with a request. */
export function failureOf(error: SerializedRpcError): Failure {
  const message = cleanText(error.message, messageLength) || 'No reason was given.';
  if (error.data === undefined) return { message };
  const damage = damageOf(error.data);
  return {
    message,
    reason: cleanText(error.data.reason, 64),
    action: actionOf(error.data),
    ...(damage === undefined ? {} : { damage }),
  };
}

/** What to show of anything that was thrown. */
export function failureFrom(error: unknown): Failure {
  if (error instanceof RpcError) return failureOf(error.toJSON());
  if (error instanceof PopupError)
    return { message: error.message, reason: error.code, action: error.action };
  return {
    message: 'Latchkey did not answer.',
    action: 'Try again. If it stays like this, close this window and open it anew.',
  };
}
