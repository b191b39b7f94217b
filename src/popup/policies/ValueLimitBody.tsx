import type { ValueLimitPolicy } from '../../protocol/policies/policy';
import { valueLimitSentences } from './countSentences';
import type { PolicyContext } from './policyContext';
import { SentenceList } from './SentenceList';

/** How much native coin may be sent in total. */
export function ValueLimitBody({ policy, context }: { policy: ValueLimitPolicy; context: PolicyContext }) {
  return <SentenceList sentences={valueLimitSentences(policy, context)} context={context} />;
}
