import type { JSX } from 'preact';
import type { Policy, PolicyType } from '../../protocol/policies/policy';
import type { PolicyContext } from './policyContext';
import { SpendingLimitsBody } from './SpendingLimitsBody';
import { SudoBody } from './SudoBody';
import { TimeframeBody } from './TimeframeBody';
import { UniversalBody } from './UniversalBody';
import { UsageLimitBody } from './UsageLimitBody';
import { ValueLimitBody } from './ValueLimitBody';

type Props<T extends PolicyType> = { policy: Extract<Policy, { type: T }>; context: PolicyContext };
type Entry<T extends PolicyType> = { label: string; body: (props: Props<T>) => JSX.Element };

/** Label and body of every policy; a new member of `Policy` must be added here to compile. */
const bodies: { [T in PolicyType]: Entry<T> } = {
  sudo: { label: 'No limits', body: SudoBody },
  universal: { label: 'Arguments', body: UniversalBody },
  timeframe: { label: 'Time', body: TimeframeBody },
  usageLimit: { label: 'Calls', body: UsageLimitBody },
  spendingLimits: { label: 'Spending', body: SpendingLimitsBody },
  valueLimit: { label: 'Native coin', body: ValueLimitBody },
};

function Typed<T extends PolicyType>({ type, policy, context }: Props<T> & { type: T }) {
  const { label, body: Body } = bodies[type];
  return (
    <>
      <h4 class="policy__label">{label}</h4>
      <div class="policy__body">
        <Body policy={policy} context={context} />
      </div>
    </>
  );
}

/** One policy in words. The switch is what lets the compiler see that policy and body fit. */
export function PolicyBody({ policy, context }: { policy: Policy; context: PolicyContext }) {
  switch (policy.type) {
    case 'sudo':
      return <Typed type="sudo" policy={policy} context={context} />;
    case 'universal':
      return <Typed type="universal" policy={policy} context={context} />;
    case 'timeframe':
      return <Typed type="timeframe" policy={policy} context={context} />;
    case 'usageLimit':
      return <Typed type="usageLimit" policy={policy} context={context} />;
    case 'spendingLimits':
      return <Typed type="spendingLimits" policy={policy} context={context} />;
    case 'valueLimit':
      return <Typed type="valueLimit" policy={policy} context={context} />;
  }
}
