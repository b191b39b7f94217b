import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from './base64';
import { encodeBytesJson, reviveBytes } from './bytesJson';

const bytes = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 37 + 251) % 256);

describe('base64', () => {
  it('gives back bytes of every length', () => {
    for (let length = 0; length < 70; length += 1) {
      expect(toBase64(bytes(length))).toBe(Buffer.from(bytes(length)).toString('base64'));
      expect(fromBase64(toBase64(bytes(length)))).toEqual(bytes(length));
    }
  });

  it.each(['A', 'AA', 'AAA', 'AAAAA', 'AA=A', 'A===', '====', '=', 'AAA-', 'AA A', 'AAA\n', 'AB==', 'AAB='])(
    'refuses %j, which it never gives',
    (text) => {
      expect(fromBase64(text)).toBeUndefined();
    },
  );
});

describe('JSON with bytes', () => {
  it('comes back as it was, at any depth', () => {
    const value = { a: bytes(3), b: [{ c: bytes(0) }, 'text', 7, null, true] };
    expect(JSON.parse(encodeBytesJson(value), reviveBytes)).toEqual(value);
  });

  it.each(['{"$bytes":7}', '{"$bytes":"A"}', '{"$bytes":"AAAA","more":1}', '{"bytes":"AAAA"}'])(
    'leaves %s as it is',
    (text) => {
      expect(JSON.parse(text, reviveBytes)).toEqual(JSON.parse(text));
    },
  );
});
