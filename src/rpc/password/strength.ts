import { guessBits } from './guessBits';
import { normalizePassword } from './normalize';

/** How hard a password is to guess. */
export interface PasswordStrength {
  /** 0 and 1 are refused, 2 is enough, 4 is very strong. */
  score: 0 | 1 | 2 | 3 | 4;
  /** Whether a vault may be made with it. */
  ok: boolean;
  /** One sentence: what would make it better, or that it is good. */
  hint: string;
}

const floor = 12;
const weakHint = 'Avoid common words, years, repeats and rows of keys. Four unrelated words are good.';

/** Rates a password without sending or storing it. Length counts in characters, so that every script counts alike. */
export const passwordStrength = (password: string): PasswordStrength => {
  const text = normalizePassword(password);
  const missing = floor - [...text].length;
  if (missing > 0) return { score: 0, ok: false, hint: tooShort(missing) };
  const bits = guessBits(text);
  if (bits < 20) return { score: 0, ok: false, hint: weakHint };
  if (bits < 28) return { score: 1, ok: false, hint: weakHint };
  if (bits < 42) return { score: 2, ok: true, hint: 'Good enough. One or two more words make it strong.' };
  if (bits < 60) return { score: 3, ok: true, hint: 'Strong.' };
  return { score: 4, ok: true, hint: 'Very strong.' };
};

const tooShort = (missing: number): string =>
  `Use at least ${floor} characters: ${missing} more ${missing === 1 ? 'is' : 'are'} needed.`;
