import { concatHex } from 'viem';
import type { Call } from '../src/protocol/actions/call';
import type { Policy, UniversalRule } from '../src/protocol/policies/policy';
import { encodePolicy } from '../src/protocol/policies/registry';
import { universalConditions } from '../src/protocol/policies/universalConditions';
import { exposure } from '../src/protocol/scope/exposure';
import type { Grant } from '../src/protocol/scope/grant';
import { emptyLedger } from '../src/protocol/scope/ledger';
import { verdict } from '../src/protocol/scope/verdict';
import { buildSession } from '../src/protocol/session/session';
import { toWord } from '../src/protocol/word';
import { compare, measure } from './measure';
import { alice, counter } from './oracle/pools';
import type { Line } from './report';

const selector = '0x2ebcff99';
const words = 16;
const time = 1_900_000_000;
const targetMicroseconds = 50;
const targetGrowth = 1.2;

/** References that the word 7 meets. */
const references: Record<UniversalRule['condition'], bigint> = {
  equal: 7n,
  greaterThan: 6n,
  lessThan: 8n,
  greaterThanOrEqual: 7n,
  lessThanOrEqual: 7n,
  notEqual: 8n,
  inRange: (7n << 128n) | 7n,
};

/** Sixteen rules, every condition among them, every fourth with a total. */
const rules: readonly UniversalRule[] = Array.from({ length: words }, (_, index) => {
  const condition = universalConditions[index % universalConditions.length] ?? 'equal';
  const isLimited = index % 4 === 0;
  return {
    condition,
    calldataOffset: BigInt(index) * 32n,
    comparisonValue: toWord(references[condition]),
    isLimited,
    usage: { limit: isLimited ? 2n ** 100n : 0n, used: 0n },
  };
});

const policy: Policy = { type: 'universal', valueLimitPerUse: 0n, rules };
const action = {
  actionTarget: counter,
  actionTargetSelector: selector,
  actionPolicies: [encodePolicy(policy)],
} as const;
const call: Call = {
  to: counter,
  value: 0n,
  data: concatHex([selector, ...Array.from({ length: words }, () => toWord(7n))]),
};

function newGrant(): Grant {
  const session = buildSession({ redeemer: alice, actions: [action], salt: toWord(1n), version: '2.1.0' });
  return { account: alice, chainId: 8453, session, feeBudgetIndex: null };
}

function judge(grant: Grant, calls: readonly Call[]): void {
  const { allowed } = verdict({ grant, ledger: emptyLedger, calls, time });
  if (!allowed) throw new TypeError('the measured calls should be allowed');
}

/** How long a verdict takes, and how it grows with the batch. */
export function verdictLines(): readonly Line[] {
  const grant = newGrant();
  const batch = (length: number) => Array.from({ length }, () => call);
  const [hundred, thousand] = [batch(100), batch(1_000)];
  const warm = measure(4_000, 1, () => judge(grant, [call]));
  const grants = Array.from({ length: 600 }, newGrant);
  const cold = measure(500, 1, () => judge(grants.pop() ?? newGrant(), [call]));
  const perHundred = measure(200, 100, () => judge(grant, hundred));
  const perThousand = measure(40, 1_000, () => judge(grant, thousand));
  const growth = compare(
    60,
    () => judge(grant, thousand),
    () => {
      for (let index = 0; index < 10; index += 1) judge(grant, hundred);
    },
  );
  const worst = measure(500, 1, () => exposure({ grant }));
  return [
    {
      name: 'verdict of a call, 16 rules: median',
      value: warm.median,
      unit: 'µs',
      target: targetMicroseconds,
    },
    { name: 'verdict of a call, 16 rules: 95 of 100', value: warm.p95, unit: 'µs' },
    { name: 'verdict of a call, 16 rules, session read anew', value: cold.median, unit: 'µs' },
    { name: 'call in a batch of 100', value: perHundred.median, unit: 'µs' },
    { name: 'call in a batch of 1,000', value: perThousand.median, unit: 'µs' },
    {
      name: 'batch of 1,000 against ten of 100',
      value: growth,
      unit: '×',
      target: targetGrowth,
    },
    { name: 'exposure of the same grant', value: worst.median, unit: 'µs' },
  ];
}
