import type { Client, Hex } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { simulateBlocks } from 'viem/actions';
import { entryPointAddress, smartSessionAddress } from '../../src/protocol/constants/addresses';
import type { Grant } from '../../src/protocol/scope/grant';
import type { Ledger } from '../../src/protocol/scope/ledger';
import { encodeEnableSessions } from '../../src/protocol/session/enable';
import { type CounterRead, counterReads } from './counters';
import { type Carriers, signedOperations } from './operations';
import { type Outcome, outcomeOf } from './outcome';
import type { Scenario } from './scenario';

/** What the chain made of one operation, and what its policies count afterwards. */
export type ChainStep = { outcome: Outcome; ledger: Ledger };

/** A scenario as the chain ran it. */
export type ChainRun = { grant: Grant; steps: readonly ChainStep[] };

type Subject = { scenario: Scenario; grant: Grant };
type Result = { status: string; data: Hex };

const gas = 2n ** 36n;
const blockOverrides = { gasLimit: 2n ** 40n };

/**
 * Enables the sessions and brings their operations to the EntryPoint in one simulation on top of the latest block: a
 * block per operation, at its time, with reads of every counter behind it.
 */
export async function simulateGrants(
  client: Client,
  subjects: readonly Subject[],
  key: PrivateKeyAccount,
  carriers: Carriers,
): Promise<readonly ChainRun[]> {
  const planned = subjects.flatMap(({ grant, scenario }) => scenario.steps.map((step) => ({ grant, step })));
  const operations = [...(await signedOperations(planned, key, carriers))];
  const enabling = subjects.map(({ grant }) => ({
    account: grant.account,
    to: smartSessionAddress,
    data: encodeEnableSessions([grant.session]),
    gas,
  }));
  const reads = subjects.map(({ grant }) => counterReads(grant));
  const blocks = subjects.flatMap(({ scenario }, index) =>
    scenario.steps.map(({ time }) => ({
      blockOverrides: { ...blockOverrides, time: BigInt(time) },
      calls: [
        { account: carriers.bundler, to: entryPointAddress, data: operations.shift() ?? '0x', gas },
        ...(reads[index] ?? []).map(({ to, data }) => ({ to, data, gas })),
      ],
    })),
  );
  const [enabled, ...mined] = await simulateBlocks(client, {
    blocks: [{ blockOverrides, calls: enabling }, ...blocks],
  });
  enabled?.calls.forEach(assertEnabled);
  return subjects.map(({ grant, scenario }, index) => ({
    grant,
    steps: scenario.steps.map(() => chainStep(mined.shift()?.calls ?? [], reads[index] ?? [])),
  }));
}

function assertEnabled({ status, data }: Result, index: number): void {
  if (status !== 'success') throw new TypeError(`session ${index} could not be enabled: ${data}`);
}

function chainStep([operation, ...results]: readonly Result[], reads: readonly CounterRead[]): ChainStep {
  if (operation === undefined) throw new TypeError('the simulation has no result for an operation');
  const counters = reads.flatMap(({ toLedger }, index) => toLedger(results[index]?.data ?? '0x'));
  return { outcome: outcomeOf(operation), ledger: Object.fromEntries(counters) };
}
