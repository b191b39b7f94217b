import fc, { type Arbitrary } from 'fast-check';
import type { Policy, UniversalPolicy, UniversalRule } from '../../src/protocol/policies/policy';
import { toWord } from '../../src/protocol/word';
import { anyPolicy, anyRule } from './policyArbitrary';
import type { ScenarioAction } from './scenario';

/** A change after which a session allows the same or less. */
export type Tightening = (actions: readonly ScenarioAction[]) => readonly ScenarioAction[];

/** One or more such changes. Policies of one action must be of different kinds. */
export function anyTightening(): Arbitrary<Tightening> {
  return fc
    .array(anyStep(), { minLength: 1, maxLength: 4 })
    .map((steps) => (actions) => steps.reduce((current, step) => step(current), actions));
}

function anyStep(): Arbitrary<Tightening> {
  const onOne = fc
    .record({ index: fc.nat(3), change: fc.oneof(addPolicy, lowerLimits, addRule, narrowRules) })
    .map(
      ({ index, change }): Tightening =>
        (actions) =>
          actions.map((action, at) => (at === index % actions.length ? change(action) : action)),
    );
  return fc.oneof({ weight: 8, arbitrary: onOne }, { weight: 1, arbitrary: fc.nat(3).map(dropAction) });
}

type Change = (action: ScenarioAction) => ScenarioAction;

const dropAction =
  (index: number): Tightening =>
  (actions) =>
    actions.length < 2 ? actions : actions.filter((_, at) => at !== index % actions.length);

const addPolicy: Arbitrary<Change> = anyPolicy.map((policy) => (action) => {
  const isThere = action.policies.some(({ type }) => type === policy.type);
  if (isThere || action.policies.length === 0) return action;
  return { ...action, policies: [...action.policies, policy] };
});

const addRule: Arbitrary<Change> = anyRule.map((rule) =>
  onUniversal((policy) =>
    policy.rules.length === 0 || policy.rules.length > 15
      ? policy
      : { ...policy, rules: [...policy.rules, rule] },
  ),
);

const lowerLimits: Arbitrary<Change> = fc.bigInt(1n, 4n).map((part) => (action) => ({
  ...action,
  policies: action.policies.map((policy) => lower(policy, part)),
}));

function lower(policy: Policy, part: bigint): Policy {
  switch (policy.type) {
    case 'usageLimit':
    case 'valueLimit':
      return { ...policy, limit: policy.limit / part };
    case 'spendingLimits':
      return {
        ...policy,
        tokenLimits: policy.tokenLimits.map(({ token, limit }) => ({ token, limit: limit / part })),
      };
    case 'timeframe':
      return policy.validUntil === 0 || policy.validAfter === 0
        ? policy
        : {
            ...policy,
            validAfter: policy.validAfter + Number(part),
            validUntil: policy.validUntil - Number(part),
          };
    case 'universal':
      return { ...policy, valueLimitPerUse: policy.valueLimitPerUse / part };
    default:
      return policy;
  }
}

const narrowRules: Arbitrary<Change> = fc
  .bigInt(1n, 3n)
  .map((step) =>
    onUniversal((policy) => ({ ...policy, rules: policy.rules.map((rule) => narrow(rule, step)) })),
  );

function narrow(rule: UniversalRule, step: bigint): UniversalRule {
  const reference = BigInt(rule.comparisonValue);
  const { limit, used } = rule.usage;
  const moved = { ...rule, usage: { limit: limit / step, used: used + step - 1n } };
  if (rule.condition === 'lessThan' || rule.condition === 'lessThanOrEqual') {
    return { ...moved, comparisonValue: toWord(reference / step) };
  }
  if (rule.condition === 'greaterThan' || rule.condition === 'greaterThanOrEqual') {
    return { ...moved, comparisonValue: toWord(reference < 2n ** 255n ? reference + step : reference) };
  }
  return rule.isLimited ? moved : { ...moved, isLimited: step === 2n };
}

function onUniversal(change: (policy: UniversalPolicy) => UniversalPolicy): Change {
  return (action) => ({
    ...action,
    policies: action.policies.map((policy) => (policy.type === 'universal' ? change(policy) : policy)),
  });
}
