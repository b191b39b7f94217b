import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const text = readFileSync(join(root, 'docs/security.md'), 'utf8');

/** Rows of the table of threats: number, threat, guard, tests. */
const threats = text
  .split('\n')
  .filter((line) => /^\| \d+ \|/.test(line))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

const named = [...text.matchAll(/`([^`]+\.(?:test|spec)\.tsx?)` › ([^|<;]+)/g)].map(
  ([, file = '', title = '']) => [file, title.trim()] as const,
);

/** Whether a file has the title as a string of its own. */
const hasTitle = (file: string, title: string): boolean => {
  const source = readFileSync(join(root, file), 'utf8').replaceAll(/\\(['"`])/g, '$1');
  return ["'", '"', '`'].some((quote) => source.includes(`${quote}${title}${quote}`));
};

it('numbers the threats without a gap', () => {
  expect(threats.map(([number]) => Number(number))).toEqual(threats.map((_, index) => index + 1));
  expect(threats.length).toBeGreaterThan(30);
});

it.each(threats)('names a guard and a test for threat %s', (_number, _threat, guard, test) => {
  expect(guard).toMatch(/`[^`]+`/);
  expect(test).toMatch(/ › /);
});

it('names tests that exist by their titles', () => {
  expect(named.length).toBeGreaterThan(60);
  expect(named.filter(([file, title]) => !hasTitle(file, title))).toEqual([]);
});
