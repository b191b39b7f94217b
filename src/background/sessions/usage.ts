import type { Policy } from '../../protocol/policies/policy';
import { decodePolicy } from '../../protocol/policies/registry';
import { type PolicyUsage, policyUsageReads } from '../../protocol/policies/usageReads';
import { counterKey, type Ledger } from '../../protocol/scope/ledger';
import { actionId, configId } from '../../protocol/session/permission';
import type { LimitUsageView } from '../../rpc/popup/views';
import type { GrantRecord, PlannedPermission } from '../../storage/records';
import type { Chain, Chains } from '../chain/chains';
import { unavailable } from '../errors/rpcErrors';

/** One counted limit of a permission, as its policy contract has it, and the ledger key that counts the same. */
export type CountedLimit = LimitUsageView & { key: string };

const unreadable = (chainId: number) =>
  unavailable({
    reason: 'USAGE_UNREADABLE',
    message: `The counters of the permission can't be read on chain ${chainId}.`,
    action: 'Try again; if it happens again, check the RPC address of the chain in the settings.',
    details: { chainId },
  });

type Placed = { action: PlannedPermission['session']['actions'][number]; index: number; policy: Policy };

const placeOf = (policy: Policy, { counter }: PolicyUsage): Pick<LimitUsageView, 'rule' | 'token'> => {
  if (policy.type === 'universal') return { rule: Number(counter) };
  const token =
    policy.type === 'spendingLimits'
      ? policy.tokenLimits.find((one) => one.token.toLowerCase() === counter)?.token
      : undefined;
  return token === undefined ? {} : { token };
};

const limitOf = (
  { action, index, policy }: Placed,
  usage: PolicyUsage,
  feeBudgetIndex: number | null,
): CountedLimit | undefined => {
  if (policy.type === 'sudo' || policy.type === 'timeframe') return undefined;
  const { actionTarget, actionTargetSelector } = action;
  const { counter, limit, used, remaining } = usage;
  const key = counterKey(actionId(actionTarget, actionTargetSelector), policy.type, counter);
  const place = placeOf(policy, usage);
  const feeBudget = index === feeBudgetIndex;
  return {
    ...{ actionTarget, actionTargetSelector, policy: policy.type, ...place },
    ...{ limit, used, remaining, feeBudget, key },
  };
};

/** Counters of one permission, from the policy contracts of its chain. */
const readOn = async (
  chain: Chain,
  { account, smartSession }: Pick<GrantRecord, 'account' | 'smartSession'>,
  { session, permissionId, feeBudgetIndex, chainId }: PlannedPermission,
): Promise<readonly CountedLimit[]> => {
  const placed = session.actions.flatMap((action, index): Placed[] =>
    action.actionPolicies.map((encoded) => ({ action, index, policy: decodePolicy(encoded) })),
  );
  const found = await Promise.all(
    placed.map(async (one) => {
      const id = actionId(one.action.actionTarget, one.action.actionTargetSelector);
      const state = { configId: configId(account, permissionId, id), account, smartSession };
      const answers = await Promise.all(policyUsageReads(one.policy, state).map((read) => chain.read(read)));
      return answers.flatMap((usages) => {
        if (usages === undefined) throw unreadable(chainId);
        return usages.flatMap((usage) => limitOf(one, usage, feeBudgetIndex) ?? []);
      });
    }),
  );
  return found.flat();
};

/** Reads the counters of permissions. @throws RpcError USAGE_UNREADABLE, RPC_UNREACHABLE */
export const createUsageReader =
  ({ chains }: { chains: Chains }) =>
  async (
    held: Pick<GrantRecord, 'account' | 'smartSession'>,
    permission: PlannedPermission,
  ): Promise<readonly CountedLimit[]> =>
    readOn(await chains.on(permission.chainId), held, permission);

export type UsageReader = ReturnType<typeof createUsageReader>;

/** The counters as a ledger. */
export const ledgerOf = (limits: readonly CountedLimit[]): Ledger =>
  Object.fromEntries(limits.map(({ key, used }) => [key, used]));
