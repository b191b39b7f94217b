import { describe, expect, it } from 'vitest';
import { passwordStrength } from './strength';

describe('passwordStrength', () => {
  it('refuses anything under twelve characters, however mixed', () => {
    expect(passwordStrength('').level).toBe(0);
    expect(passwordStrength('aB3$xY9!kQ2').level).toBe(0);
    expect(passwordStrength('aB3$xY9!kQ2').hint).toBe('At least 12 characters: 1 more.');
  });

  it('counts characters, not code units', () => {
    expect(passwordStrength('😀'.repeat(6)).level).toBe(0);
  });

  it('calls repetition and common words weak', () => {
    for (const weak of ['aaaaaaaaaaaaaaaa', 'password1234', 'qwertyqwerty12', 'PasswordPassword1234']) {
      expect(passwordStrength(weak).level, weak).toBe(1);
    }
  });

  it('rises with unrelated words', () => {
    const short = passwordStrength('tulip anvil9').level;
    const long = passwordStrength('tulip anvil monsoon ledger').level;
    expect(short).toBeLessThan(long);
    expect(long).toBe(4);
  });
});
