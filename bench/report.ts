/** One measured thing, what it was to stay below, and the reference client's figure where it has one. */
export type Line = { name: string; value: number; unit: string; target?: number; reference?: number };

const figure = (value: number, unit: string): string =>
  `${value < 10 ? value.toFixed(2) : Math.round(value).toLocaleString('en')} ${unit}`.trim();

/** Whether a line misses its target. */
export const isMissed = ({ value, target }: Line): boolean => target !== undefined && value > target;

/** The lines as a table. */
export function tableOf(lines: readonly Line[]): string {
  const rows = [
    ['', 'measured', 'target', 'reference client'],
    ...lines.map((line) => [
      line.name,
      figure(line.value, line.unit),
      line.target === undefined
        ? ''
        : `${isMissed(line) ? 'MISSED' : 'met'}, at most ${figure(line.target, line.unit)}`,
      line.reference === undefined ? '' : figure(line.reference, line.unit),
    ]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
