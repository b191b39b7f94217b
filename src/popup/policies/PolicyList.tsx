import type { Policy } from '../../protocol/policies/policy';
import { PolicyBody } from './PolicyBody';
import type { PolicyContext } from './policyContext';
import './policies.css';

/** Every policy of an action. A call must pass them all. */
export function PolicyList({ policies, context }: { policies: readonly Policy[]; context: PolicyContext }) {
  return (
    <ul class="policies">
      {policies.map((policy, index) => (
        <PolicyBody key={index} policy={policy} context={context} />
      ))}
    </ul>
  );
}
