import { ProtocolError } from '../../protocol/errors';
import { QuoteMismatchError } from '../../protocol/mee/mismatch';
import { RpcError } from '../../rpc/errors';
import { StorageError } from '../../storage/index';
import { VaultError } from '../../vault/index';
import { type ErrorParts, internalError, invalidParams, unauthorized, unavailable } from './rpcErrors';

/** Codes of protocol errors that the caller's parameters can't cause: the node, the chain or the wallet did. */
const fromElsewhere: ReadonlySet<string> = new Set([
  'ACCOUNT_ADDRESS',
  'ENABLE_CALLDATA',
  'JSON_MALFORMED',
  'JSON_TOO_LONG',
  'NODE_RESPONSE_MALFORMED',
  'SIGNATURE_SHAPE',
]);

const protocolError = (error: ProtocolError): RpcError => {
  const parts = {
    reason: error.code,
    message: error.details === undefined ? error.shortMessage : `${error.shortMessage} ${error.details}`,
    action: error.action,
    cause: error,
  };
  return fromElsewhere.has(error.code) ? unavailable(parts) : invalidParams(parts);
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

/** Who will read an error. What is damaged names keys of all grants, which no page may learn. */
type Reader = 'page' | 'ownPage';

const vaultDetails = ({ waitSeconds, damage }: VaultError, reader: Reader): Record<string, unknown> => ({
  ...(waitSeconds === undefined ? {} : { waitSeconds }),
  ...(damage === undefined || reader === 'page' ? {} : { damage }),
});

const vaultErrors: Record<VaultError['code'], (parts: ErrorParts) => RpcError> = {
  LOCKED: unauthorized,
  WRONG_PASSWORD: unauthorized,
  TOO_MANY_ATTEMPTS: unauthorized,
  UNKNOWN_KEY: unauthorized,
  WEAK_PASSWORD: invalidParams,
  INVALID_MINUTES: invalidParams,
  NOT_CONFIRMED: invalidParams,
  BACKUP_DAMAGED: invalidParams,
  BACKUP_NOT_SUPPORTED: invalidParams,
  BACKUP_TOO_LARGE: invalidParams,
  VAULT_EXISTS: unavailable,
  VAULT_CHANGED: unavailable,
  NO_VAULT: unavailable,
  DAMAGED: internalError,
  KEY_EXISTS: internalError,
  INVALID_DIGEST: internalError,
};

const vaultError = (error: VaultError, reader: Reader): RpcError => {
  const { code, message, action } = error;
  const details = vaultDetails(error, reader);
  const known = Object.keys(details).length > 0 ? { details } : {};
  return vaultErrors[code]({ reason: code, message, action, cause: error, ...known });
};

const unexplained = (cause: unknown): RpcError =>
  internalError({
    reason: 'INTERNAL',
    message: 'Latchkey hit an internal error.',
    action: 'Try again; if it happens again, restart the browser.',
    cause,
  });

/** Any error as the one that travels: a code, a sentence, what to do. Inner text of unknown errors stays inside. */
export const toRpcError = (error: unknown, reader: Reader = 'page'): RpcError => {
  if (error instanceof RpcError) return error;
  if (error instanceof QuoteMismatchError) return mismatch(error);
  if (error instanceof ProtocolError) return protocolError(error);
  if (error instanceof VaultError) return vaultError(error, reader);
  if (error instanceof StorageError) {
    const { code, message, action } = error;
    return internalError({ reason: `STORAGE_${code}`, message, action, cause: error });
  }
  return unexplained(error);
};
