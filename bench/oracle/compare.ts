import { type Hex, toFunctionSelector } from 'viem';
import { callDataVerdict } from '../../src/protocol/scope/callDataVerdict';
import type { Denial } from '../../src/protocol/scope/denial';
import { feeVerdict } from '../../src/protocol/scope/feeVerdict';
import type { Grant } from '../../src/protocol/scope/grant';
import { emptyLedger, type Ledger } from '../../src/protocol/scope/ledger';
import { preparedActions } from '../../src/protocol/scope/preparedSession';
import { chainVerdict, type Verdict, verdict } from '../../src/protocol/scope/verdict';
import { callDataOf, feeCall } from './operations';
import type { Outcome } from './outcome';
import { feeToken } from './pools';
import type { Scenario, Step } from './scenario';
import type { ChainRun } from './simulate';

/** Something that the chain does and that was not predicted, in words. */
export type Difference = { step: number; predicted: string; chain: string };

/** What a scenario showed: the differences, and how its operations ended. */
export type Comparison = { differences: readonly Difference[]; tally: Readonly<Record<string, number>> };

/** Follows a scenario beside the chain, operation by operation, from an empty ledger. */
export function compareRun(scenario: Scenario, { grant, steps }: ChainRun): Comparison {
  const differences: Difference[] = [];
  const tally: Record<string, number> = {};
  const start = startLedger(grant);
  let ledger = emptyLedger;
  for (const [index, step] of scenario.steps.entries()) {
    const ran = steps[index];
    if (ran === undefined) throw new TypeError('the chain ran fewer operations than the scenario has');
    const predicted = predict(grant, ledger, step);
    const pairs = [
      [wordsOf(predicted, ran.outcome), outcomeWords(ran.outcome)],
      ...productPairs(grant, ledger, step, predicted),
    ];
    if (predicted.allowed) ledger = predicted.ledger;
    pairs.push(...ledgerPairs({ ...start, ...ledger }, ran.ledger));
    for (const [here, there] of pairs) {
      if (here !== there) differences.push({ step: index, predicted: here ?? '', chain: there ?? '' });
    }
    const kind = ran.outcome.allowed ? 'allowed' : ran.outcome.refusal;
    tally[kind] = (tally[kind] ?? 0) + 1;
  }
  return { differences, tally };
}

/** The chain's answer as the product predicts it. */
function predict(grant: Grant, ledger: Ledger, step: Step): Verdict {
  const { time, calls, fee, mode } = step;
  if (mode !== undefined) return callDataVerdict({ grant, ledger, time, callData: callDataOf(step) });
  if (fee === undefined) return chainVerdict({ grant, ledger, time, calls });
  if (grant.feeBudgetIndex === null) return chainVerdict({ grant, ledger, time, calls: [feeCall(fee)] });
  return feeVerdict(grant, ledger, { token: feeToken, amount: fee }, time);
}

/** What the product itself says must never be wider than the chain, and the same where it isn't stricter. */
function productPairs(grant: Grant, ledger: Ledger, step: Step, chain: Verdict): string[][] {
  if (step.mode !== undefined || step.fee !== undefined) return [];
  const own = verdict({ grant, ledger, calls: step.calls, time: step.time });
  if (!own.allowed && own.reasons.some(({ chainRefusal }) => chainRefusal === null)) return [];
  return [[summary(own), summary(chain)]];
}

function summary(verdict: Verdict): string {
  return verdict.allowed
    ? `allowed ${textOf(verdict.ledger)}`
    : verdict.reasons.map(({ code, callIndex, rule }) => `${code} ${callIndex} ${rule}`).join(', ');
}

/** What a stricter denial says of the chain is nothing, so the chain's own words stand. */
function wordsOf(predicted: Verdict, chain: Outcome): string {
  if (predicted.allowed) return 'allowed';
  const [first] = predicted.reasons;
  if (first === undefined || first.chainRefusal === null) return outcomeWords(chain);
  switch (first.chainRefusal) {
    case 'PolicyViolation':
      return `${first.chainRefusal} ${first.policy ?? 'universal'}`;
    case 'PolicyCheckReverted':
      return `${first.chainRefusal} ${revertOf(first)}`;
    default:
      return first.chainRefusal;
  }
}

function outcomeWords(outcome: Outcome): string {
  if (outcome.allowed) return 'allowed';
  return [outcome.refusal, outcome.policy ?? outcome.revert].filter((part) => part !== undefined).join(' ');
}

const reverts = {
  overflow: toFunctionSelector('Panic(uint256)'),
  valuePerUse: toFunctionSelector('ValueLimitExceeded(bytes32,uint256,uint256)'),
  notInitialised: toFunctionSelector('PolicyNotInitialized(bytes32,address,address)'),
  zeroToken: toFunctionSelector('InvalidTokenAddress(address)'),
  nothing: '0x00000000',
} as const;

/** First bytes with which the policy contract reverts. */
function revertOf({ code, expected }: Denial): Hex {
  switch (code) {
    case 'VALUE_PER_USE_EXCEEDED':
      return reverts.valuePerUse;
    case 'UNIVERSAL_NO_RULES':
    case 'TIMEFRAME_UNUSABLE':
      return reverts.notInitialised;
    case 'CALLDATA_TOO_SHORT':
      return beyondUint64(expected) ? reverts.overflow : reverts.nothing;
    case 'SPENDING_LIMIT_ARGUMENTS':
      return reverts.nothing;
    case 'SPENDING_LIMIT_TOKEN':
      return reverts.zeroToken;
    default:
      return reverts.overflow;
  }
}

/** The contract counts the end of a word in 64 bits. */
function beyondUint64(expected: string): boolean {
  return BigInt(/\d+/.exec(expected)?.[0] ?? 0) >= 2n ** 64n;
}

function ledgerPairs(here: Ledger, chain: Ledger): string[][] {
  const counted = Object.fromEntries(
    Object.entries(here).filter(([key, amount]) => key in chain || amount > 0n),
  );
  const known = Object.fromEntries(Object.keys(chain).map((key) => [key, 0n]));
  return [[textOf({ ...known, ...counted }), textOf(chain)]];
}

function textOf(ledger: Ledger): string {
  return Object.entries(ledger)
    .map(([key, amount]) => `${key}: ${amount}`)
    .toSorted()
    .join('\n');
}

/** What the contracts count before the first operation. */
function startLedger({ session }: Grant): Ledger {
  const counters = [...preparedActions(session).values()].flatMap(({ policies }) =>
    policies.flatMap(({ policy, keyOf }) =>
      policy?.type === 'universal'
        ? policy.rules.map(
            ({ usage, isLimited }, index) => [keyOf(String(index)), isLimited ? usage.used : 0n] as const,
          )
        : [],
    ),
  );
  return Object.fromEntries(counters);
}
