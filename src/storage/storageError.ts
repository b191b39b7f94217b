/** Why storage refused. */
export type StorageErrorCode =
  | 'NOT_FOUND'
  | 'CORRUPT'
  | 'CONFLICT'
  | 'INVALID'
  | 'BLOCKED'
  | 'NEWER_VERSION'
  | 'FULL'
  | 'CLOSED'
  | 'UNAVAILABLE';

const actions: Record<StorageErrorCode, string> = {
  NOT_FOUND: 'Check that the request or session still exists, then try again.',
  CORRUPT:
    'Nothing was changed. Keep the browser profile as it is, and restore it from a backup if you have one.',
  CONFLICT: 'Use the record that is already stored.',
  INVALID: 'Nothing was stored. Update Latchkey, then try again.',
  BLOCKED: 'Close all other Latchkey windows, then try again.',
  NEWER_VERSION: 'Update Latchkey to the newest version, then try again.',
  FULL: 'Free some disk space, then try again.',
  CLOSED: 'Reload Latchkey, then try again.',
  UNAVAILABLE: 'Restart the browser, then try again.',
};

/** A refusal of the local database: a code, a sentence that a person understands (`message`) and what to do (`action`). */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly action: string;

  constructor(
    readonly code: StorageErrorCode,
    message: string,
    options?: { cause: unknown },
  ) {
    super(message, options);
    this.action = actions[code];
  }
}

const codes: Record<string, { code: StorageErrorCode; message: string }> = {
  VersionError: { code: 'NEWER_VERSION', message: 'The local database was written by a newer Latchkey.' },
  QuotaExceededError: { code: 'FULL', message: 'There is no space left for the local database.' },
  ConstraintError: { code: 'CONFLICT', message: 'There is another record with the same name already.' },
  DataError: { code: 'INVALID', message: 'This record has no valid name to store it under.' },
  DataCloneError: { code: 'INVALID', message: 'This record holds something that can not be stored.' },
};

/** A failure of the browser's database as a `StorageError`. Anything else, such as a caller's own error, stays as it is. */
export const storageErrorFrom = (error: unknown): unknown => {
  if (!(error instanceof DOMException)) return error;
  const known = codes[error.name] ?? { code: 'UNAVAILABLE', message: 'The local database does not answer.' };
  return new StorageError(known.code, known.message, { cause: error });
};
