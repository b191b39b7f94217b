import { expect, it } from 'vitest';
import { cleanText } from './cleanText';

it('takes out what could change how a text reads, and caps it', () => {
  expect(cleanText('  a\u202Eb\u200Bc\u0000\n\td  ', 20)).toBe('a b c d');
  expect(cleanText('x'.repeat(30), 10)).toBe(`${'x'.repeat(9)}…`);
  expect(cleanText('USDC', 4)).toBe('USDC');
  expect(cleanText('\u2066\u2069', 4)).toBe('');
});
