import type { VaultHealth } from './vault';

/** Why the vault refused. */
export type VaultErrorCode =
  | 'WEAK_PASSWORD'
  | 'WRONG_PASSWORD'
  | 'TOO_MANY_ATTEMPTS'
  | 'VAULT_EXISTS'
  | 'VAULT_CHANGED'
  | 'NO_VAULT'
  | 'LOCKED'
  | 'DAMAGED'
  | 'UNKNOWN_KEY'
  | 'KEY_EXISTS'
  | 'INVALID_DIGEST'
  | 'INVALID_MINUTES'
  | 'NOT_CONFIRMED'
  | 'BACKUP_DAMAGED'
  | 'BACKUP_NOT_SUPPORTED'
  | 'BACKUP_TOO_LARGE';

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
  VAULT_EXISTS: {
    message: 'There is a vault already. Nothing was written over it.',
    action: 'Unlock it with its password, or reset it first.',
  },
  VAULT_CHANGED: {
    message: 'The vault was changed from somewhere else at the same time.',
    action: 'Unlock it and try again.',
  },
  NO_VAULT: { message: 'There is no vault yet.', action: 'Create one first.' },
  LOCKED: { message: 'Latchkey is locked.', action: 'Open Latchkey and unlock it with the password.' },
  DAMAGED: {
    message: 'The stored vault is damaged. It was left as it is.',
    action:
      'Restore the browser profile, or reset Latchkey and import a backup file. Revoke its sessions from the wallet ' +
      'that owns the account. Do not remove Latchkey: that deletes what is left.',
  },
  UNKNOWN_KEY: { message: 'This session has no key any more.', action: 'Ask for a new session.' },
  KEY_EXISTS: { message: 'There is a key under this name already.', action: 'Use the key that exists.' },
  INVALID_DIGEST: {
    message: 'What should be signed is not the right shape.',
    action: 'Pass a digest of 32 bytes, or a message of whole bytes, as hex.',
  },
  INVALID_MINUTES: {
    message: 'Latchkey can not lock itself after this time.',
    action: 'Choose whole minutes, from 1 to 1440.',
  },
  NOT_CONFIRMED: {
    message: 'Nothing was deleted.',
    action: 'Confirm that all keys may be deleted for good.',
  },
  BACKUP_DAMAGED: {
    message: 'This is no backup of Latchkey, or it is damaged.',
    action: 'Take the whole file as it was saved, or an older backup.',
  },
  BACKUP_NOT_SUPPORTED: {
    message: 'This backup was made by a newer Latchkey.',
    action: 'Update Latchkey to the newest version, then try again.',
  },
  BACKUP_TOO_LARGE: {
    message: 'This is too much for one backup.',
    action: 'Remove old sessions, then try again.',
  },
};

const damagedKeys = {
  message: 'A stored key is damaged. It was left as it is; the other keys work.',
  action: 'Revoke its session from the wallet that owns the account, then ask for a new one.',
};

const sentenceOf = (code: VaultErrorCode, damage?: VaultHealth) =>
  damage?.header === 'intact' ? damagedKeys : sentences[code];

/** A refusal of the vault: a code, a sentence that a person understands (`message`) and what to do (`action`). */
export class VaultError extends Error {
  override readonly name = 'VaultError';
  readonly action: string;
  /** Seconds until the next try is allowed. Only with TOO_MANY_ATTEMPTS. */
  readonly waitSeconds?: number;
  /** What is damaged and what still works. Only with DAMAGED. */
  readonly damage?: VaultHealth;

  constructor(
    readonly code: VaultErrorCode,
    options: { cause?: unknown; waitSeconds?: number; damage?: VaultHealth } = {},
  ) {
    const { message, action } = sentenceOf(code, options.damage);
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.action = action;
    if (options.waitSeconds !== undefined) this.waitSeconds = options.waitSeconds;
    if (options.damage !== undefined) this.damage = options.damage;
  }
}

/** What the work gives, or undefined when it meets something damaged. */
export const unlessDamaged = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof VaultError && error.code === 'DAMAGED') return undefined;
    throw error;
  }
};
