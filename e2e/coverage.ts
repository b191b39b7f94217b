/** A row of docs/coverage.md: `table: row`, the file of its tests, and their titles. */
type CoveredRow = { name: string; file: string; titles: readonly string[] };

const headingForm = /^## (.+)$/;
const rowForm = /^\| (.+?) \| `(.+?)` \| (.*?) ?\|$/;
const testForm = /^test\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/gm;

/** The rows of the tables; a heading names the table below it. */
export const readRows = (markdown: string): readonly CoveredRow[] => {
  let table = '';
  return markdown.split('\n').flatMap((line) => {
    table = headingForm.exec(line)?.[1] ?? table;
    const [, row, file, tests] = rowForm.exec(line) ?? [];
    if (row === undefined || file === undefined || tests === undefined) return [];
    return [{ name: `${table}: ${row}`, file, titles: tests.split('<br>').filter((title) => title !== '') }];
  });
};

/** The titles of the tests in a spec's source: those that run, with titles in plain text. */
export const readTitles = (source: string): readonly string[] =>
  [...source.matchAll(testForm)].map(([, single, double]) => single ?? double ?? '');

/**
 * What is wrong with the table, in sentences; nothing when it is right.
 * @param sources the specs' sources, by the path that the table uses
 * @param required names of the rows that have to be there
 */
export const coverageFaults = (parts: {
  markdown: string;
  sources: ReadonlyMap<string, string>;
  required: readonly string[];
}): readonly string[] => {
  const { markdown, sources, required } = parts;
  const rows = readRows(markdown);
  const titles = new Map([...sources].map(([file, source]) => [file, readTitles(source)]));
  const named = new Set(rows.flatMap((row) => row.titles));
  return [
    ...required.filter((name) => !rows.some((row) => row.name === name)).map((name) => `No row ${name}.`),
    ...rows.filter((row) => row.titles.length === 0).map(({ name }) => `${name} has no test.`),
    ...rows.flatMap(({ name, file, titles: wanted }) =>
      wanted
        .filter((title) => !titles.get(file)?.includes(title))
        .map((title) => `${name}: ${file} has no test "${title}".`),
    ),
    ...[...titles].flatMap(([file, found]) =>
      found.filter((title) => !named.has(title)).map((title) => `No row names "${title}" of ${file}.`),
    ),
  ];
};
