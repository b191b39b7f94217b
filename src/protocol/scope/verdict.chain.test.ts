import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ChainOracle, openOracle, openOwnOracle } from '../../../bench/oracle/chainOracle';
import { type Comparison, compareRun } from '../../../bench/oracle/compare';
import { anyScenario, type Scenario } from '../../../bench/oracle/scenario';
import { devnetOptionsFromEnvironment } from '../../../devnet/devnet';

/** A scenario is one session and up to four operations, each judged on the ledger that the ones before it left. */
const numRuns = process.env.LONG === '1' ? 20_000 : 1_000;
const seed = Number(process.env.SEED ?? 20_261_125);
const scenariosPerRequest = 50;
const refusals = [
  'AA22',
  'InvalidSelfCall',
  'InvalidTarget',
  'NoExecutionsInBatch',
  'NoPoliciesSet',
  'PaymasterValidationNotEnabled',
  'PolicyCheckReverted',
  'PolicyViolation',
  'UnsupportedCallType',
  'UnsupportedExecutionType',
];

let oracles: readonly ChainOracle[] = [];

beforeAll(async () => {
  const { rpcUrls } = devnetOptionsFromEnvironment();
  oracles = rpcUrls ? await Promise.all(rpcUrls.map((url) => openOracle(url))) : [await openOwnOracle()];
});

afterAll(() => Promise.all(oracles.map(({ close }) => close())));

async function compareAll(oracle: ChainOracle, list: readonly Scenario[]): Promise<readonly Comparison[]> {
  const runs = await oracle.run(list);
  return list.map((scenario, index) => compareRun(scenario, runs[index] ?? expect.unreachable()));
}

const seedOf = ({ chainId }: ChainOracle) => seed + chainId;

/** Where in the sequence of the seed the first scenario differs, and how the operations before it ended. */
async function firstDifference(oracle: ChainOracle) {
  const all = fc.sample(anyScenario(oracle.named), { seed: seedOf(oracle), numRuns });
  const tally: Record<string, number> = {};
  for (let start = 0; start < all.length; start += scenariosPerRequest) {
    const compared = await compareAll(oracle, all.slice(start, start + scenariosPerRequest));
    const failed = compared.findIndex(({ differences }) => differences.length > 0);
    if (failed >= 0) return { path: String(start + failed), tally };
    for (const [kind, count] of compared.flatMap((one) => Object.entries(one.tally))) {
      tally[kind] = (tally[kind] ?? 0) + count;
    }
  }
  return { path: null, tally };
}

/** Fails with the smallest scenario that still differs. */
function failReadably(oracle: ChainOracle, path: string): Promise<void> {
  const property = fc.asyncProperty(anyScenario(oracle.named), async (scenario) => {
    const [compared] = await compareAll(oracle, [scenario]);
    expect(compared?.differences).toEqual([]);
  });
  return fc.assert(property, { seed: seedOf(oracle), path, numRuns });
}

it(`equals the chain's answer, reason and counters in ${numRuns} scenarios`, {
  timeout: 3_600_000,
}, async () => {
  for (const oracle of oracles) {
    const { path, tally } = await firstDifference(oracle);
    if (path !== null) await failReadably(oracle, path);
    const { allowed = 0, ...refused } = tally;
    expect(allowed).toBeGreaterThan(numRuns / 3);
    expect(Object.keys(refused).toSorted()).toEqual(refusals);
    const operations = Object.values(tally).reduce((sum, count) => sum + count, 0);
    console.info(
      `chain ${oracle.chainId}: ${operations} operations, ${allowed} of them allowed, no difference`,
    );
  }
});
