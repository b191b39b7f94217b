import type { ReviewedPermission } from '../../rpc/popup/procedures';
import { PolicyList } from '../policies/PolicyList';
import { policyContext } from '../policies/policyContext';

type Props = {
  permissions: readonly ReviewedPermission[];
  symbols: ReadonlyMap<number, string>;
  now: number;
};

/** The rules on chain that pay the node's fees of later uses, folded away. */
export function FeeRules({ permissions, symbols, now }: Props) {
  const rules = permissions.flatMap(({ chainId, actions }) =>
    actions.filter(({ feeBudget }) => feeBudget).map((action) => ({ chainId, action })),
  );
  return (
    <>
      {rules.map(({ chainId, action }) => (
        <details key={`${chainId}${action.target}${action.selector}`}>
          <summary>The rule that pays later fees</summary>
          <p class="small">
            Calls of <code>{action.selector}</code> on <code>{action.target}</code>
          </p>
          <PolicyList
            testId="review-fee-rule"
            policies={action.policies}
            context={policyContext(action, { nativeSymbol: symbols.get(chainId), now })}
          />
        </details>
      ))}
    </>
  );
}
