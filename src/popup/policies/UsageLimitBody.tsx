import type { UsageLimitPolicy } from '../../protocol/policies/policy';
import { usageLimitSentences } from './countSentences';
import type { PolicyContext } from './policyContext';
import { SentenceList } from './SentenceList';

/** How often the action may be called. */
export function UsageLimitBody({ policy, context }: { policy: UsageLimitPolicy; context: PolicyContext }) {
  return <SentenceList sentences={usageLimitSentences(policy)} context={context} />;
}
