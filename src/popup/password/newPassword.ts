import { type PasswordStrength, passwordStrength } from '../../rpc/password/strength';

/** A new password as typed, twice. */
export type NewPasswordDraft = { password: string; again: string };

/** What to say about a new password, and whether it can be used. */
export type NewPasswordCheck = { strength: PasswordStrength; differs: boolean; ready: boolean };

export const noPassword: NewPasswordDraft = { password: '', again: '' };

/** Rates a new password; one that was not typed the same twice is never ready. */
export function checkNewPassword({ password, again }: NewPasswordDraft): NewPasswordCheck {
  const strength = passwordStrength(password);
  return { strength, differs: again !== '' && again !== password, ready: strength.ok && again === password };
}
