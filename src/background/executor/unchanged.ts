import type { Chains } from '../chain/chains';
import type { PlanDraft } from '../sessions/plan/plan';
import { accountChanged } from './refusals';

type Plan = Pick<PlanDraft, 'account' | 'smartSession' | 'chains' | 'installOn' | 'permissions'>;

/** Whether the account on a chain isn't what the plan of it was made for. */
const hasChanged = async (
  plan: Plan,
  { chainId, deploy }: Plan['chains'][number],
  chains: Chains,
): Promise<boolean> => {
  const { account, smartSession, installOn, permissions } = plan;
  const chain = await chains.on(chainId);
  if (deploy === 'initCode') return chain.hasCode(account);
  if (deploy === 'delegate' || !permissions.some((permission) => permission.chainId === chainId))
    return false;
  return (await chain.isSmartSessionInstalled(account, smartSession)) === installOn.includes(chainId);
};

/**
 * The account is as it was when the plan was reviewed: another approval may have deployed it, or installed the module,
 * meanwhile.
 * @throws RpcError ACCOUNT_CHANGED
 */
export const assertUnchanged = async (plan: Plan, chains: Chains): Promise<void> => {
  const changed = await Promise.all(plan.chains.map((chain) => hasChanged(plan, chain, chains)));
  const chainIds = plan.chains.filter((_chain, index) => changed[index]).map(({ chainId }) => chainId);
  if (chainIds.length > 0) throw accountChanged(chainIds);
};
