import { describe, expect, it } from 'vitest';
import { originLine, originText } from './originText';

const notes = (origin: string): string[] =>
  originText(origin).notes.map(({ tone, text }) => `${tone}: ${text}`);

describe('originText', () => {
  it('sets the registrable part apart', () => {
    expect(originText('https://app.example.org')).toEqual({
      scheme: 'https://',
      prefix: 'app.',
      registrable: 'example.org',
      port: '',
      notes: [],
    });
    expect(originText('https://shop.example.co.uk').registrable).toBe('example.co.uk');
    expect(originText('https://someone.github.io').registrable).toBe('someone.github.io');
  });

  it('does not let a long subdomain pass for the site', () => {
    const text = originText('https://app.uniswap.org.login.evil.example');
    expect(text.prefix).toBe('app.uniswap.org.login.');
    expect(text.registrable).toBe('evil.example');
  });

  it('loses no character of the origin', () => {
    for (const origin of [
      'https://a.b.c.d.example.com:8443',
      'http://localhost:4173',
      'http://127.0.0.1:8080',
      `https://${'a'.repeat(60)}.${'b'.repeat(60)}.example.com`,
      'https://[2001:db8::1]',
    ]) {
      expect(originLine(origin)).toBe(origin);
    }
  });

  it('keeps the ASCII form of a name with other letters and warns', () => {
    const cyrillic = originText('https://unіswap.org');
    expect(cyrillic.registrable).toMatch(/^xn--/);
    expect(notes('https://unіswap.org').join()).toContain('outside a–z');
    expect(notes('https://xn--unswap-q9a.org')).toHaveLength(1);
    expect(notes('https://app.xn--p1ai')).toHaveLength(1);
  });

  it('warns about plain http, numbers and this computer', () => {
    expect(notes('http://example.org').join()).toContain('not encrypted');
    expect(notes('https://203.0.113.9').join()).toContain('number');
    expect(notes('http://localhost:5173')).toEqual(['info: This site runs on your own computer.']);
    expect(notes('https://127.0.0.1.evil.example')).toEqual([]);
  });

  it('does not pass off anything else as a site', () => {
    for (const origin of ['null', '', 'file://', 'data:text/html,x']) {
      expect(notes(origin).join()).toContain('not the address of a site');
    }
    expect(originText('evil\u202Etext').registrable).toBe('eviltext');
  });
});
