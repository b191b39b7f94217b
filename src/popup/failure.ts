import { RpcError, type SerializedRpcError } from '../rpc/errors';
import { cleanText } from '../ui/cleanText';
import { PopupError } from './popupError';

/** A failure ready to show. Texts may hold a node's or a site's words, so they are cleaned. */
export type Failure = { message: string; reason?: string; action?: string };

const messageLength = 400;

/** What to show of an error that came with a request. */
export function failureOf(error: SerializedRpcError): Failure {
  const message = cleanText(error.message, messageLength) || 'No reason was given.';
  if (error.data === undefined) return { message };
  return {
    message,
    reason: cleanText(error.data.reason, 64),
    action: cleanText(error.data.action, messageLength),
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
