import { describe, expect, it } from 'vitest';
import { passwordStrength } from './strength';

describe('passwordStrength', () => {
  it.each(['', 'aB3$xY9!kQ2', '\u{1f511}'.repeat(11)])('refuses %j for its length', (password) => {
    expect(passwordStrength(password)).toMatchObject({ score: 0, ok: false });
  });

  it('says how many characters are missing', () => {
    expect(passwordStrength('tulip').hint).toBe('Use at least 12 characters: 7 more are needed.');
    expect(passwordStrength('tulip anvil').hint).toBe('Use at least 12 characters: 1 more is needed.');
  });

  it.each([
    'aaaaaaaaaaaaaaaa',
    '123456789012',
    'password1234',
    'PasswordPassword',
    'qwertyuiopasdf',
    'abcabcabcabcabc',
    'hunter2hunter2',
    'Summer2024!!!',
    'testpassword123',
    'abcdefghijklm',
  ])('refuses %j although it is long enough', (password) => {
    const { score, ok, hint } = passwordStrength(password);
    expect(score).toBeLessThan(2);
    expect(ok).toBe(false);
    expect(hint).toMatch(/^Avoid common words/);
  });

  it.each(['tulip anvil9', 'xkqjvwzpmtrh', '849305172630', 'Zx9$kLq2!vTn', 'сколько стоит лес'])(
    'takes %j',
    (password) => {
      expect(passwordStrength(password).ok).toBe(true);
    },
  );

  it('rises with every unrelated word', () => {
    const scores = ['tulip anvil9', 'tulip anvil monsoon', 'tulip anvil monsoon ledger thimble'].map(
      (password) => passwordStrength(password).score,
    );
    expect(scores).toEqual([2, 3, 4]);
  });

  it('rates what is typed alike in two Unicode forms alike', () => {
    expect(passwordStrength('cafe\u0301 pianow')).toEqual(passwordStrength('caf\u00e9 pianow'));
    expect(passwordStrength('cafe\u0301 pianow').ok).toBe(false);
  });
});
