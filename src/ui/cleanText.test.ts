import { describe, expect, it } from 'vitest';
import { cleanSymbol, cleanText } from './cleanText';

describe('cleanText', () => {
  it('removes the characters that reorder or hide text', () => {
    expect(cleanText('pay\u202Egnihton\u202C', 40)).toBe('paygnihton');
    expect(cleanText('us\u200Bdc\uFEFF\u00AD', 40)).toBe('usdc');
    expect(cleanText('a\u2066b\u2069\u061C', 40)).toBe('ab');
    expect(cleanText('tag\u{E0041}\u3164', 40)).toBe('tag');
  });

  it('keeps everything on one line', () => {
    expect(cleanText('first\n\n\tsecond\u2028third\u0000', 40)).toBe('first second third');
  });

  it('cuts piles of combining marks', () => {
    expect(cleanText(`z${'\u0335'.repeat(50)}`, 40)).toBe('z\u0335\u0335');
  });

  it('drops lone surrogates and private characters', () => {
    expect(cleanText('a\uD800b\uE000c', 40)).toBe('abc');
  });

  it('caps by code points and says so', () => {
    expect(cleanText('abcdef', 6)).toBe('abcdef');
    expect(cleanText('abcdefg', 6)).toBe('abcde…');
    expect(cleanText('𝒶𝒷𝒸𝒹', 3)).toBe('𝒶𝒷…');
  });

  it('handles five megabytes without reading them all', () => {
    expect(cleanText('x'.repeat(5_000_000), 10)).toBe('xxxxxxxxx…');
  });

  it('shows that something was cut even when the rest is invisible', () => {
    expect(cleanText(`ok${'\u200B'.repeat(100)}hidden`, 10)).toBe('ok…');
  });
});

describe('cleanSymbol', () => {
  it('passes plain symbols and quotes imitations', () => {
    expect(cleanSymbol('USDC')).toBe('USDC');
    expect(cleanSymbol('ЕТН')).toBe('“ЕТН”');
  });

  it('treats an empty or invisible symbol as unknown', () => {
    expect(cleanSymbol('\u200B')).toBeUndefined();
    expect(cleanSymbol(undefined)).toBeUndefined();
  });

  it('quotes a symbol with spaces, which could read as a sentence', () => {
    expect(cleanSymbol('USDC free')).toBe('“USDC free”');
  });
});
