import type { UsageLimitPolicy } from '../../protocol/policies/policy';
import { groupDigits } from '../../ui/amountText';
import { Gauge } from '../../ui/Gauge';
import { usageLimitSentences } from './countSentences';
import type { PolicyContext } from './policyContext';
import { SentenceList } from './SentenceList';

/** How often the action may be called; once it is in use, with what is used. */
export function UsageLimitBody({ policy, context }: { policy: UsageLimitPolicy; context: PolicyContext }) {
  const { used } = context;
  return (
    <>
      <SentenceList sentences={usageLimitSentences(policy)} context={context} />
      {used !== undefined && <Used used={used} limit={policy.limit} />}
    </>
  );
}

function Used({ used, limit }: { used: bigint; limit: bigint }) {
  const label = `${groupDigits(used)} of ${groupDigits(limit)} used`;
  return (
    <div class="policy__used" data-testid="grant-used">
      <Gauge used={used} limit={limit} label={label} />
      <span class="small">{label}</span>
    </div>
  );
}
