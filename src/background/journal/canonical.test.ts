import { expect, it } from 'vitest';
import { canonicalText } from './canonical';

it('gives one text per value, whatever the order of keys, and another for any other value', () => {
  const value = { b: 1n, a: [{ y: '1', x: undefined }] };
  expect(canonicalText(value)).toBe(canonicalText({ a: [{ y: '1' }], b: 1n }));
  for (const other of [
    { ...value, b: 1 },
    { ...value, b: '1' },
    { ...value, b: 2n },
    { ...value, a: [{ y: 1 }] },
  ]) {
    expect(canonicalText(other)).not.toBe(canonicalText(value));
  }
});
