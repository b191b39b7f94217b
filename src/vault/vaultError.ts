/** Why the vault refused. */
export type VaultErrorCode =
  | 'WEAK_PASSWORD'
  | 'WRONG_PASSWORD'
  | 'TOO_MANY_ATTEMPTS'
  | 'VAULT_EXISTS'
  | 'NO_VAULT'
  | 'LOCKED'
  | 'DAMAGED'
  | 'UNKNOWN_KEY'
  | 'KEY_EXISTS'
  | 'INVALID_DIGEST';

const sentences: Record<VaultErrorCode, { message: string; action: string }> = {
  WEAK_PASSWORD: {
    message: 'This password is too easy to guess.',
    action: 'Choose at least 12 characters, such as four or more unrelated words.',
  },
  WRONG_PASSWORD: { message: 'The password is wrong.', action: 'Check the keyboard layout and try again.' },
  TOO_MANY_ATTEMPTS: {
    message: 'There were too many wrong passwords.',
    action: 'Wait for the time given, then try again.',
  },
  VAULT_EXISTS: { message: 'There is a vault already.', action: 'Unlock it with its password.' },
  NO_VAULT: { message: 'There is no vault yet.', action: 'Create one first.' },
  LOCKED: { message: 'Latchkey is locked.', action: 'Open Latchkey and unlock it with the password.' },
  DAMAGED: {
    message: 'The stored vault is damaged. It was left as it is.',
    action: 'Restore the browser profile from a backup. Do not remove Latchkey: that deletes what is left.',
  },
  UNKNOWN_KEY: { message: 'This session has no key any more.', action: 'Ask for a new session.' },
  KEY_EXISTS: { message: 'There is a key under this name already.', action: 'Use the key that exists.' },
  INVALID_DIGEST: {
    message: 'What should be signed is not the right shape.',
    action: 'Pass a digest of 32 bytes, or a message of whole bytes, as hex.',
  },
};

/** A refusal of the vault: a code, a sentence that a person understands (`message`) and what to do (`action`). */
export class VaultError extends Error {
  override readonly name = 'VaultError';
  readonly action: string;
  /** Seconds until the next try is allowed. Only with TOO_MANY_ATTEMPTS. */
  readonly waitSeconds?: number;

  constructor(
    readonly code: VaultErrorCode,
    options: { cause?: unknown; waitSeconds?: number } = {},
  ) {
    super(sentences[code].message, 'cause' in options ? { cause: options.cause } : undefined);
    this.action = sentences[code].action;
    if (options.waitSeconds !== undefined) this.waitSeconds = options.waitSeconds;
  }
}
