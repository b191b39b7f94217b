import type { TimeframePolicy } from '../../protocol/policies/policy';
import type { PolicyContext } from './policyContext';
import { SentenceList } from './SentenceList';
import { timeframeSentences } from './timeframeSentences';

/** When the action may be used. */
export function TimeframeBody({ policy, context }: { policy: TimeframePolicy; context: PolicyContext }) {
  return <SentenceList sentences={timeframeSentences(policy, context.now)} context={context} />;
}
