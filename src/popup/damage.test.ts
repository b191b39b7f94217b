import { describe, expect, it } from 'vitest';
import { damagedSentences, damageOf, workingSentences } from './damage';

const report = (details: Record<string, unknown>) => damageOf({ reason: 'DAMAGED', action: 'a', details });

describe('damageOf', () => {
  it('is about a damaged vault alone', () => {
    expect(damageOf({ reason: 'LOCKED', action: 'a' })).toBeUndefined();
    expect(damageOf({ reason: 'DAMAGED', action: 'a' })).toEqual({});
  });

  it('takes no report of another shape', () => {
    expect(report({ damage: { header: 'fine', workingKeys: [], damagedKeys: [] } })).toEqual({});
    expect(report({ damage: { header: 'damaged', workingKeys: 3, damagedKeys: [] } })).toEqual({});
  });
});

describe('the words for damage', () => {
  it('say that no key works without the part that the password opens', () => {
    const damage = report({ damage: { header: 'missing', workingKeys: [], damagedKeys: ['a'] } }) ?? {};
    expect(damagedSentences(damage)).toEqual([
      'The part that the password opens is gone. Without it no key can be read.',
      '1 key can’t be read.',
    ]);
    expect(workingSentences(damage).join()).not.toContain('can be read and used');
  });

  it('count what works and what does not', () => {
    const damage =
      report({ damage: { header: 'intact', workingKeys: ['a'], damagedKeys: ['b', 'c'] } }) ?? {};
    expect(damagedSentences(damage)).toEqual(['2 keys can’t be read.']);
    expect(workingSentences(damage)[0]).toBe('1 key can be read and used.');
  });

  it('say something true when nothing is known', () => {
    expect(damagedSentences({})).toHaveLength(1);
    expect(workingSentences({})).toHaveLength(2);
  });
});
