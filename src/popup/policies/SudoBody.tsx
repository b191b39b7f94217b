import type { SudoPolicy } from '../../protocol/policies/policy';
import { sudoSentences } from './countSentences';
import type { PolicyContext } from './policyContext';
import { SentenceList } from './SentenceList';

/** Says that nothing is limited. */
export function SudoBody({ policy, context }: { policy: SudoPolicy; context: PolicyContext }) {
  return <SentenceList sentences={sudoSentences(policy, context)} context={context} />;
}
