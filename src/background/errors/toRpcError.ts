import { ActionError } from '../../protocol/actions/actionError';
import { CalldataError } from '../../protocol/actions/calldataError';
import { AddressError } from '../../protocol/address';
import { ProtocolError } from '../../protocol/errors';
import { QuoteMismatchError } from '../../protocol/mee/mismatch';
import { QuoteRequestError } from '../../protocol/mee/quoteRequestError';
import { PolicyError } from '../../protocol/policies/policyError';
import { PaymentError } from '../../protocol/session/payment';
import { SessionError } from '../../protocol/session/session';
import { RpcError } from '../../rpc/errors';
import { StorageError } from '../../storage/index';
import { VaultError } from '../../vault/index';
import { internalError, invalidParams, unauthorized, unavailable } from './rpcErrors';

/** Protocol errors that are about what the caller asked for. */
const aboutParams = [
  ActionError,
  AddressError,
  CalldataError,
  PaymentError,
  PolicyError,
  QuoteRequestError,
  SessionError,
] as const;

const protocolError = (error: ProtocolError): RpcError => {
  const parts = {
    reason: error.code,
    message: error.details === undefined ? error.shortMessage : `${error.shortMessage} ${error.details}`,
    action: error.action,
    cause: error,
  };
  return aboutParams.some((kind) => error instanceof kind) ? invalidParams(parts) : unavailable(parts);
};

const mismatch = (error: QuoteMismatchError): RpcError => {
  const { field, expected, got } = error;
  return unavailable({
    reason: error.code,
    message: error.shortMessage,
    action: error.action,
    details: { field, expected: expected.slice(0, 200), got: got.slice(0, 200) },
    cause: error,
  });
};

const vaultError = (error: VaultError): RpcError => {
  const { code, message, action, waitSeconds } = error;
  const details = waitSeconds === undefined ? {} : { details: { waitSeconds } };
  const parts = { reason: code, message, action, cause: error, ...details };
  return code === 'DAMAGED' || code === 'INVALID_DIGEST' ? internalError(parts) : unauthorized(parts);
};

const unexplained = (cause: unknown): RpcError =>
  internalError({
    reason: 'INTERNAL',
    message: 'Latchkey hit an internal error.',
    action: 'Try again; if it happens again, restart the browser.',
    cause,
  });

/** Any error as the one that travels: a code, a sentence, what to do. Inner text of unknown errors stays inside. */
export const toRpcError = (error: unknown): RpcError => {
  if (error instanceof RpcError) return error;
  if (error instanceof QuoteMismatchError) return mismatch(error);
  if (error instanceof ProtocolError) return protocolError(error);
  if (error instanceof VaultError) return vaultError(error);
  if (error instanceof StorageError) {
    const { code, message, action } = error;
    return internalError({ reason: `STORAGE_${code}`, message, action, cause: error });
  }
  return unexplained(error);
};
