import { describe, expect, it } from 'vitest';
import { vectorChecks } from './vectors';

describe('a vector file', () => {
  const run = (name: string, checks: readonly (readonly [string, () => unknown])[]) => () =>
    checks.find(([checked]) => checked === name)?.[1]();

  it('fails where a vector has no check or a check no vector', () => {
    const vectors: Record<string, number> = { one: 1, two: 2 };
    const seen: number[] = [];
    const checks = vectorChecks(vectors, { one: (vector) => void seen.push(vector), three: () => undefined });
    expect(checks.map(([name]) => name)).toEqual(['one', 'two', 'three']);
    run('one', checks)();
    expect(seen).toEqual([1]);
    expect(run('two', checks)).toThrow('no check');
    expect(run('three', checks)).toThrow('no vector');
  });
});
