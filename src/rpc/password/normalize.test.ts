import { describe, expect, it } from 'vitest';
import { normalizePassword } from './normalize';

describe('normalizePassword', () => {
  it('gives one spelling to what reads alike, and keeps what does not', () => {
    expect(normalizePassword('cafe\u0301 \uff21\ufb01')).toBe('caf\u00e9 Afi');
    expect(normalizePassword('Caf\u00e9')).not.toBe(normalizePassword('caf\u00e9'));
    expect(normalizePassword(' two  blanks ')).toBe(' two  blanks ');
  });
});
