import type { SpendingLimitsPolicy } from '../../protocol/policies/policy';
import type { PolicyContext } from './policyContext';
import { SentenceList } from './SentenceList';
import { spendingLimitsSentences } from './spendingLimitsSentences';

/** What may be moved or approved, per token. */
export function SpendingLimitsBody({
  policy,
  context,
}: {
  policy: SpendingLimitsPolicy;
  context: PolicyContext;
}) {
  return <SentenceList sentences={spendingLimitsSentences(policy, context)} context={context} />;
}
