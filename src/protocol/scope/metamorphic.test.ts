import fc, { type Arbitrary } from 'fast-check';
import { zeroAddress } from 'viem';
import { describe, expect, it } from 'vitest';
import { startTime } from '../../../bench/oracle/policyArbitrary';
import type { Named } from '../../../bench/oracle/pools';
import { anyScenario, type Scenario, type ScenarioAction } from '../../../bench/oracle/scenario';
import { grantOf } from '../../../bench/oracle/session';
import { anyTightening } from '../../../bench/oracle/tighten';
import type { Call } from '../actions/call';
import { readSpend } from '../actions/spend';
import { smartSessionAddress } from '../constants/addresses';
import { meeVersions } from '../constants/versions';
import { toWord } from '../word';
import { type Bound, sumOf } from './bound';
import { isWithin } from './diff';
import { type Exposure, exposure } from './exposure';
import type { Grant } from './grant';
import { emptyLedger, type Ledger } from './ledger';
import { account, redeemer } from './testing/sample';
import { verdict } from './verdict';

const numRuns = process.env.LONG === '1' ? 15_000 : 1_500;
const timeout = 600_000;
const named: Named = {
  account,
  module: smartSessionAddress,
  validator: meeVersions['2.1.0'].validatorAddress,
  zero: zeroAddress,
};

/** Scenarios whose actions and policies are each there once, so that changing one changes what is enforced. */
const plainScenario = anyScenario(named).map((scenario) => ({
  ...scenario,
  paymaster: true,
  operationPolicy: true,
  actions: firstOf(scenario.actions, ({ target, selector }) => target + selector).map((action) => ({
    ...action,
    padding: '0x' as const,
    policies: firstOf(action.policies, ({ type }) => type),
  })),
}));

function firstOf<T>(list: readonly T[], keyOf: (item: T) => string): readonly T[] {
  const keys = list.map(keyOf);
  return list.filter((item, index) => keys.indexOf(keyOf(item)) === index);
}

const grantFor = (scenario: Scenario, actions: readonly ScenarioAction[] = scenario.actions): Grant =>
  grantOf({ ...scenario, actions }, { named, chainId: 8453, redeemer, salt: toWord(1n) });

type Pair = { scenario: Scenario; loose: Grant; tight: Grant };

const looseAndTight: Arbitrary<Pair> = fc
  .tuple(plainScenario, anyTightening())
  .map(([scenario, tighten]) => ({
    scenario,
    loose: grantFor(scenario),
    tight: grantFor(scenario, tighten(scenario.actions)),
  }));

/** Runs operations one by one; each call is also tried alone, which allows more of them. */
function operationsOf({ steps }: Scenario): readonly { calls: readonly Call[]; time: number }[] {
  return steps.flatMap(({ calls, time }) => [
    { calls, time },
    ...calls.map((call) => ({ calls: [call], time })),
  ]);
}

/** Makes every operation that `inner` allows, and tells whether `outer` allowed each of them too, and which they were. */
function follow(scenario: Scenario, inner: Grant, outer: Grant, outerLedger: Ledger = emptyLedger) {
  let ledgers = { inner: emptyLedger, outer: outerLedger };
  const made: Call[] = [];
  for (const operation of operationsOf(scenario)) {
    const own = verdict({ grant: inner, ledger: ledgers.inner, ...operation });
    if (!own.allowed) continue;
    const wider = verdict({ grant: outer, ledger: ledgers.outer, ...operation });
    if (!wider.allowed) return { isAllowed: false, made };
    ledgers = { inner: own.ledger, outer: wider.ledger };
    made.push(...operation.calls);
  }
  return { isAllowed: true, made };
}

function mostOf({ assets }: Exposure, asset: string): Bound {
  const named = assets.filter(
    (entry) => entry.asset === asset || (asset !== 'native' && entry.asset === 'anyToken'),
  );
  return sumOf(named.map(({ most }) => most));
}

function assetsOf(...exposures: readonly Exposure[]): readonly string[] {
  return [...new Set(exposures.flatMap(({ assets }) => assets.map(({ asset }) => asset)))];
}

const isAtMost = (low: Bound, high: Bound) => high === 'unlimited' || (low !== 'unlimited' && low <= high);

describe('tightening a grant', () => {
  it(
    'never allows more',
    () => {
      let operations = 0;
      fc.assert(
        fc.property(looseAndTight, ({ scenario, loose, tight }) => {
          const { isAllowed, made } = follow(scenario, tight, loose);
          operations += made.length;
          expect(isAllowed).toBe(true);
        }),
        { numRuns, seed: 1 },
      );
      expect(operations).toBeGreaterThan(numRuns / 2);
    },
    timeout,
  );

  it(
    'never adds exposure',
    () => {
      let lower = 0;
      fc.assert(
        fc.property(looseAndTight, ({ loose, tight }) => {
          const [before, after] = [exposure({ grant: loose }), exposure({ grant: tight })];
          for (const asset of assetsOf(before, after)) {
            expect(isAtMost(mostOf(after, asset), mostOf(before, asset))).toBe(true);
            if (mostOf(after, asset) !== mostOf(before, asset)) lower += 1;
          }
          expect(after.opaque.length).toBeLessThanOrEqual(before.opaque.length);
        }),
        { numRuns, seed: 2 },
      );
      expect(lower).toBeGreaterThan(numRuns / 20);
    },
    timeout,
  );

  it(
    'stays within it, so nobody is asked',
    () => {
      fc.assert(
        fc.property(looseAndTight, ({ loose, tight }) => {
          const held = isWithin({ asked: loose, granted: loose, ledger: emptyLedger, time: startTime });
          if (!held) return;
          expect(isWithin({ asked: tight, granted: loose, ledger: emptyLedger, time: startTime })).toBe(true);
        }),
        { numRuns, seed: 3 },
      );
    },
    timeout,
  );
});

describe('a request within a grant', () => {
  it(
    'allows nothing that what is left of the grant does not',
    () => {
      let within = 0;
      const cases = fc.tuple(looseAndTight, fc.boolean(), fc.nat(3));
      fc.assert(
        fc.property(cases, ([{ scenario, loose, tight }, swap, uses]) => {
          const [asked, granted] = swap ? [loose, tight] : [tight, loose];
          const ledger = ledgerAfter(scenario, granted, uses);
          const time = scenario.steps[0]?.time ?? startTime;
          if (!isWithin({ asked, granted, ledger, time })) return;
          within += 1;
          expect(follow(scenario, asked, granted, ledger).isAllowed).toBe(true);
        }),
        { numRuns: 3 * numRuns, seed: 4 },
      );
      expect(within).toBeGreaterThan(numRuns / 4);
    },
    timeout,
  );
});

/** What the grant has used after the first operations that it allows. */
function ledgerAfter(scenario: Scenario, grant: Grant, uses: number): Ledger {
  return operationsOf(scenario)
    .slice(0, uses)
    .reduce<Ledger>((ledger, operation) => {
      const judged = verdict({ grant, ledger, ...operation });
      return judged.allowed ? judged.ledger : ledger;
    }, emptyLedger);
}

it(
  'no calls that a grant allows move more than its exposure',
  () => {
    let moved = 0;
    fc.assert(
      fc.property(plainScenario, (scenario) => {
        const grant = grantFor(scenario);
        const { made } = follow(scenario, grant, grant);
        const most = exposure({ grant });
        for (const [asset, amount] of sumsOf(made)) {
          expect(isAtMost(amount, mostOf(most, asset)), `${asset}: ${amount}`).toBe(true);
          if (amount > 0n) moved += 1;
        }
      }),
      { numRuns: 3 * numRuns, seed: 5 },
    );
    expect(moved).toBeGreaterThan(numRuns / 4);
  },
  timeout,
);

/** What calls take away: native value, and what token functions send elsewhere or approve. */
function sumsOf(calls: readonly Call[]): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  const add = (asset: string, amount: bigint) => sums.set(asset, (sums.get(asset) ?? 0n) + amount);
  for (const { to, value, data } of calls) {
    add('native', value);
    const spend = readSpend(data);
    const comesHome =
      spend?.counterparty === account && (spend.kind === 'transfer' || spend.kind === 'transferFrom');
    if (spend !== null && !comesHome) add(to, spend.amount);
  }
  return sums;
}
