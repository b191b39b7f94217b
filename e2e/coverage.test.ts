import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { coverageFaults, readRows } from './coverage';

const root = resolve(import.meta.dirname, '..');
const specs = 'e2e/specs/rows';

const tables: Record<string, readonly string[]> = {
  prepareParameters: [
    'mode',
    'enableSession',
    'smartSessionValidatorAddress',
    'instructions',
    'feeToken',
    'sponsorship',
    'delegate',
    'authorization',
    'lowerBoundTimestamp',
    'upperBoundTimestamp',
    'cleanUps',
    'simulation',
  ],
  enableSession: ['redeemer', 'actions', 'batchActions', 'maxPaymentAmount', 'payment policy and fee token'],
  trigger: ['permit', 'on-chain approve', 'native', 'useMaxAvailableFunds', 'amount'],
  sessionAction: ['actions', 'chainId'],
  actionData: ['actionTarget', 'actionTargetSelector', 'actionPolicies'],
  useParameters: [
    'mode',
    'sessionDetails',
    'instructions',
    'feeToken',
    'sponsorship',
    'delegate',
    'authorization',
    'lowerBoundTimestamp',
    'upperBoundTimestamp',
    'simulation',
  ],
  policies: [
    'sudo',
    'universal',
    'universal equal',
    'universal notEqual',
    'universal greaterThan',
    'universal greaterThanOrEqual',
    'universal lessThan',
    'universal lessThanOrEqual',
    'universal inRange',
    'universal usage',
    'universal valueLimitPerUse',
    'calldataArgument',
    'timeframe',
    'spendingLimits',
    'usageLimit',
    'valueLimit',
  ],
  actions: [
    'transfer',
    'transferFrom',
    'approve',
    'recipientAddress',
    'amountLimitPerAction',
    'maxAmountLimit',
    'usageLimit',
    'validAfter',
    'validUntil',
    'policies',
    'custom',
    'native transfer',
    'batch',
    'partial batching',
  ],
  status: ['isPermissionEnabled', 'checkEnabledPermissions', 'usage', 'removeSession', 'disableAction'],
  completeFlow: ['setup', 'complete flow'],
};

const required = Object.entries(tables).flatMap(([table, rows]) => rows.map((row) => `${table}: ${row}`));
const sources = new Map(
  readdirSync(resolve(root, specs))
    .filter((name) => name.endsWith('.spec.ts'))
    .map((name) => [`${specs}/${name}`, readFileSync(resolve(root, specs, name), 'utf8')]),
);

describe('docs/coverage.md', () => {
  const markdown = readFileSync(resolve(root, 'docs/coverage.md'), 'utf8');

  it('has every row of the reference, and every row a test that is there', () => {
    expect(coverageFaults({ markdown, sources, required })).toEqual([]);
  });

  it('names no row twice', () => {
    const names = readRows(markdown).map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

describe('the check of the table', () => {
  const source = `test('policies: sudo: all passes', async () => {});\ntest("policies: sudo: it's so", () => {});`;
  const tableOf = (tests: string) => `## policies\n\n| sudo | \`a.spec.ts\` | ${tests} |\n`;
  const faultsOf = (tests: string, spec = source) =>
    coverageFaults({
      markdown: tableOf(tests),
      sources: new Map([['a.spec.ts', spec]]),
      required: ['policies: sudo'],
    });
  const both = "policies: sudo: all passes<br>policies: sudo: it's so";

  it('passes a table that is right', () => {
    expect(faultsOf(both)).toEqual([]);
  });

  it.each([
    ['a row without a test', '', '', ['policies: sudo has no test.']],
    [
      'a test that is not there',
      `${both}<br>policies: sudo: gone`,
      source,
      ['policies: sudo: a.spec.ts has no test "policies: sudo: gone".'],
    ],
    [
      'a test that is commented out',
      'policies: sudo: all passes',
      "// test('policies: sudo: all passes', () => {});",
      ['policies: sudo: a.spec.ts has no test "policies: sudo: all passes".'],
    ],
    [
      'a test that no row names',
      'policies: sudo: all passes',
      source,
      ['No row names "policies: sudo: it\'s so" of a.spec.ts.'],
    ],
  ])('finds %s', (_name, tests, spec, faults) => {
    expect(faultsOf(tests, spec)).toEqual(faults);
  });

  it('finds a row that is missing', () => {
    const parts = { markdown: tableOf(both), sources: new Map([['a.spec.ts', source]]) };
    expect(coverageFaults({ ...parts, required: ['policies: usageLimit'] })).toEqual([
      'No row policies: usageLimit.',
    ]);
  });
});
