import type { Address, Hex } from 'viem';
import type { ActionData } from '../actions/action';
import type { Policy, PolicyType, UniversalRule } from '../policies/policy';
import { describePolicy } from '../policies/registry';
import { type Sentence, sentence } from '../policies/sentence';
import { isUnlimited } from '../policies/unlimited';
import { type FeeBudgetParameters, readFeeBudget } from '../session/payment';
import { actionDangers } from './actionDangers';
import { type ChainFacts, chainDangers } from './chainFacts';
import { type Danger, danger } from './danger';
import { functionDangers, ruleDangers } from './functionDangers';
import { type FunctionFacts, functionFacts } from './functionFacts';
import { functionName } from './functionName';
import { type PreparedAction, type PreparedPolicy, prepareEntry } from './preparedSession';
import { type RuleFacts, ruleFacts } from './ruleFacts';

/** One policy of an action as it will be enforced. */
type PolicyReview = { policy: Address; type: PolicyType | null; sentences: readonly Sentence[] };

/** One action of a session as it will be enforced. */
export type ActionReview = {
  index: number;
  target: Address;
  selector: Hex;
  /** Name where the selector alone tells it. */
  functionName: string | null;
  /** Signature from the built-in list, or the dapp's claim where it has this selector; null when neither tells. */
  signature: { text: string; source: FunctionFacts['source'] } | null;
  /** What each universal rule reads, with its raw offset. */
  rules: readonly RuleFacts[];
  /** Set when this action is the grant's fee budget; amounts in the token's smallest unit. */
  feeBudget: FeeBudgetParameters | null;
  policies: readonly PolicyReview[];
  /** Last second of validity; null when there is no end. */
  validUntil: number | null;
  dangers: readonly Danger[];
};

/** What a review may know besides the session. */
export type ReviewContext = {
  /** The smart account, so that actions on it are marked. */
  account?: Address;
  /** Index of the action that only pays fees, as `withFeeBudget` returned it. */
  feeBudgetIndex?: number | null;
  /** What the dapp says each action's function is, by index in the session; without it functions are not judged. */
  claims?: readonly (string | null)[];
  /** What was read from the chain; without it code is not judged. */
  facts?: ChainFacts;
};

/** Facts for a review of one entry of a session, read from its encoded policies. */
export function describeAction(action: ActionData, index: number, context: ReviewContext): ActionReview {
  const { actionTarget: target, actionTargetSelector: selector } = action;
  const prepared = prepareEntry(action, index);
  const known = prepared.policies.flatMap(({ policy }) => (policy === null ? [] : [policy]));
  const feeBudget = index === context.feeBudgetIndex ? readFeeBudget(action) : null;
  const facts = functionFacts(selector, context.claims?.[index] ?? null);
  const rules = ruleFacts(known.flatMap(rulesOf), facts?.inputs ?? null);
  return {
    index,
    target,
    selector,
    functionName: functionName(selector),
    signature: facts === null ? null : { text: facts.signature, source: facts.source },
    rules,
    feeBudget,
    policies: prepared.policies.map((policy) => describePrepared(policy, target, selector)),
    validUntil: endOf(known),
    dangers:
      feeBudget === null
        ? [
            ...actionDangers(prepared, context.account),
            ...contextDangers(prepared, index, context, facts, rules),
          ]
        : feeBudgetDangers(feeBudget),
  };
}

function rulesOf(policy: Policy): readonly UniversalRule[] {
  return policy.type === 'universal' ? policy.rules : [];
}

function describePrepared({ address, policy }: PreparedPolicy, target: Address, selector: Hex): PolicyReview {
  if (policy !== null) {
    return { policy: address, type: policy.type, sentences: describePolicy(policy, { target, selector }) };
  }
  const unread = sentence(
    'danger',
    "A policy that can't be read: ",
    { kind: 'address', value: address },
    '.',
  );
  return { policy: address, type: null, sentences: [unread] };
}

/** What can be said only with the dapp's claims, or with reads from the chain. */
function contextDangers(
  action: PreparedAction,
  index: number,
  { claims, facts: chain }: ReviewContext,
  facts: FunctionFacts | null,
  rules: readonly RuleFacts[],
): readonly Danger[] {
  return [
    ...(claims === undefined ? [] : functionDangers(action.selector, claims[index] ?? null, facts)),
    ...ruleDangers(rules.filter(({ problem }) => problem !== 'misaligned')),
    ...(chain === undefined ? [] : chainDangers(action, chain)),
  ];
}

function feeBudgetDangers({ maxPaymentAmount }: FeeBudgetParameters): readonly Danger[] {
  return isUnlimited(maxPaymentAmount)
    ? [danger('UNLIMITED_AMOUNT', 'danger', 'The fee budget is unlimited.')]
    : [];
}

function endOf(policies: readonly Policy[]): number | null {
  const ends = policies.flatMap((policy) =>
    policy.type === 'timeframe' && policy.validUntil !== 0 ? [policy.validUntil] : [],
  );
  return ends.length === 0 ? null : Math.min(...ends);
}
