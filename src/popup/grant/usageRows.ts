import type { Hex } from 'viem';
import { sameAddress } from '../../protocol/address';
import type { GrantView, ReviewedAction, ReviewedPermission, UsageView } from '../../rpc/popup/procedures';
import { type LimitPlace, type Measure, measureOf } from '../policies/measure';
import { functionTitle } from '../review/functionTitle';

/** How much of one counted limit is used, in the unit that `measure` tells. */
export type UsageRow = LimitPlace & {
  /** Function that the limit is on. */
  name: string;
  measure: Measure;
  limit: bigint;
  used: bigint;
  remaining: bigint;
  /** It pays fees; the site can't use it. */
  feeBudget: boolean;
};

/**
 * What is used on one chain. `read`: as the chain has it. `counted`: as Latchkey counted, since the chain was not read.
 * `absent`: the chain doesn't hold the permission.
 */
export type ChainUsage = {
  chainId: number;
  chainName: string;
  permissionId: Hex;
  source: 'read' | 'counted' | 'absent';
  rows: readonly UsageRow[];
};

type ReadUsage = UsageView['permissions'][number];

function readRows({ actions }: ReviewedPermission, { limits }: ReadUsage): readonly UsageRow[] {
  return limits.flatMap((entry) => {
    const named = actions.filter(
      ({ target, selector }) =>
        sameAddress(target, entry.actionTarget) &&
        selector.toLowerCase() === entry.actionTargetSelector.toLowerCase(),
    );
    const action = named.find((one) => one.feeBudget === entry.feeBudget) ?? named[0];
    if (action === undefined) return [];
    const { policy, rule, limit, used, remaining, feeBudget } = entry;
    const place = { policy, rule };
    const name = functionTitle(action).name;
    return [{ ...place, name, measure: measureOf(action, place), limit, used, remaining, feeBudget }];
  });
}

/** Calls are all that is counted here without asking the chain. */
function countedRow(action: ReviewedAction, used: bigint): readonly UsageRow[] {
  const limit = action.policies.find((policy) => policy.type === 'usageLimit')?.limit;
  if (limit === undefined) return [];
  return [
    {
      policy: 'usageLimit',
      name: functionTitle(action).name,
      measure: { kind: 'calls' },
      limit,
      used,
      remaining: limit > used ? limit - used : 0n,
      feeBudget: action.feeBudget,
    },
  ];
}

function chainUsage(
  permission: ReviewedPermission,
  read: ReadUsage | undefined,
  counted: readonly bigint[] | undefined,
): ChainUsage {
  const { chainId, chainName, permissionId, actions } = permission;
  const place = { chainId, chainName, permissionId };
  if (read?.enabled === false) return { ...place, source: 'absent', rows: [] };
  if (read?.enabled === true) return { ...place, source: 'read', rows: readRows(permission, read) };
  const rows = actions.flatMap((action, index) => countedRow(action, counted?.[index] ?? 0n));
  return { ...place, source: 'counted', rows };
}

/** What is used of every counted limit of a grant, chain by chain. `usage` is undefined as long as nothing was read. */
export function usageRows(
  { permissions, usage: counted }: Pick<GrantView, 'permissions' | 'usage'>,
  usage: UsageView | undefined,
): readonly ChainUsage[] {
  return permissions.map((permission) => {
    const isSame = (other: { chainId: number; permissionId: Hex }) =>
      other.chainId === permission.chainId && other.permissionId === permission.permissionId;
    return chainUsage(permission, usage?.permissions.find(isSame), counted.find(isSame)?.used);
  });
}
