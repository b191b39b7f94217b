import type { UniversalPolicy } from '../../protocol/policies/policy';
import type { PolicyContext } from './policyContext';
import { SentenceList } from './SentenceList';
import { universalSentences } from './universalSentences';

/** Every rule over the arguments, and what a call may send. */
export function UniversalBody({ policy, context }: { policy: UniversalPolicy; context: PolicyContext }) {
  return <SentenceList sentences={universalSentences(policy, context)} context={context} />;
}
