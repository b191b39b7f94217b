import { counterKey } from '../../protocol/scope/ledger';
import { actionId } from '../../protocol/session/permission';
import type { GrantView, ReviewedPermission } from '../../rpc/popup/procedures';
import type { GrantRecord, PlannedPermission, RequestRecord } from '../../storage/records';
import type { GrantTable, RequestTable } from '../../storage/storage';
import { locked } from '../sessions/denials';
import type { Reservations } from '../sessions/reservations';
import { emptyTokenBook } from '../sessions/tokenBook';
import { reviewPermission } from '../sessions/view';
import type { SettingsStore } from '../settings';
import type { Procedure } from './procedure';

type Parts = {
  grants: GrantTable;
  requests: RequestTable;
  reservations: Reservations;
  settings: SettingsStore;
  isUnlocked: () => Promise<boolean>;
};

/** What was shown when it was approved, symbols of tokens included; else read anew from the stored sessions. */
const reviewedPermissions = (
  grant: GrantRecord,
  request: RequestRecord | undefined,
  chainName: (chainId: number) => string,
): readonly ReviewedPermission[] => {
  if (request?.kind === 'prepare' && request.review) return request.review.permissions;
  const context = { account: grant.account, tokens: emptyTokenBook, chainName };
  return grant.permissions.map((permission) => reviewPermission(permission, context));
};

/** Every grant with its use so far. */
export const createListGrants = (parts: Parts): Procedure<'listGrants'> => {
  const { grants, requests, reservations, settings, isUnlocked } = parts;

  const usageOf = async (grantId: string, { chainId, permissionId, session }: PlannedPermission) => {
    const ledger = await reservations.expected(grantId, chainId);
    const used = session.actions.map(
      (action) =>
        ledger[counterKey(actionId(action.actionTarget, action.actionTargetSelector), 'usageLimit')] ?? 0n,
    );
    return { chainId, permissionId, used };
  };

  const viewOf = async (grant: GrantRecord, chainName: (chainId: number) => string): Promise<GrantView> => {
    const { grantId, origin, account, redeemer, state, createdAt } = grant;
    const request = await requests.get(grantId);
    return {
      grantId,
      origin,
      account,
      redeemer,
      state,
      createdAt,
      permissions: reviewedPermissions(grant, request, chainName),
      usage: await Promise.all(grant.permissions.map((permission) => usageOf(grantId, permission))),
    };
  };

  return async () => {
    if (!(await isUnlocked())) throw locked();
    const names = new Map((await settings.get()).networks.map(({ chainId, name }) => [chainId, name]));
    const chainName = (chainId: number) => names.get(chainId) ?? `Chain ${chainId}`;
    return Promise.all((await grants.all()).map((grant) => viewOf(grant, chainName)));
  };
};
