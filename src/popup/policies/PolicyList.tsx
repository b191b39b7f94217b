import type { Policy } from '../../protocol/policies/policy';
import { PolicyBody } from './PolicyBody';
import type { PolicyContext } from './policyContext';
import './policies.css';

type Props = { policies: readonly Policy[]; context: PolicyContext; testId: string };

/** Every policy of an action. A call must pass them all. */
export function PolicyList({ policies, context, testId }: Props) {
  return (
    <ul class="policies">
      {policies.map((policy, index) => (
        <li key={index} class={`policy policy--${policy.type}`} data-testid={testId}>
          <PolicyBody policy={policy} context={context} />
        </li>
      ))}
    </ul>
  );
}
