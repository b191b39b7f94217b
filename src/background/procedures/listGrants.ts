import { counterKey, type Ledger } from '../../protocol/scope/ledger';
import { actionId } from '../../protocol/session/permission';
import type { ReviewedPermission } from '../../rpc/popup/reviewParts';
import type { GrantView } from '../../rpc/popup/views';
import type { GrantRecord, PlannedPermission, RequestRecord } from '../../storage/records';
import type { GrantTable, RequestTable } from '../../storage/storage';
import { locked } from '../sessions/denials';
import { scopeOf } from '../sessions/grantScope';
import type { Reservations } from '../sessions/reservations';
import { reviewExposure } from '../sessions/review/exposure';
import { emptyTokenBook, type TokenBook, tokensOfReview } from '../sessions/tokenBook';
import { viewPermission } from '../sessions/view';
import type { SettingsStore } from '../settings';
import type { Procedure } from './procedure';

type Parts = {
  grants: GrantTable;
  requests: RequestTable;
  reservations: Reservations;
  settings: SettingsStore;
  /** Unix seconds. */
  now: () => number;
  isUnlocked: () => Promise<boolean>;
};

type Names = (chainId: number) => string;

/** What was shown when it was approved, symbols of tokens included; else read anew from the stored sessions. */
const viewOfPermission = (
  grant: GrantRecord,
  permission: PlannedPermission,
  request: RequestRecord | undefined,
  chainName: Names,
): ReviewedPermission => {
  const shown = request?.kind === 'prepare' ? request.review?.permissions : undefined;
  const known = shown?.find(
    ({ permissionId, chainId }) => permissionId === permission.permissionId && chainId === permission.chainId,
  );
  const context = { account: grant.account, tokens: emptyTokenBook, chainName };
  const view = known ?? viewPermission(permission, context);
  return {
    ...view,
    actions: view.actions.map((action, index) => ({
      ...action,
      state: permission.states?.[index] ?? 'enabled',
    })),
  };
};

const budgetOf = ({ feeToken, feeBudget }: GrantRecord, tokens: TokenBook): Pick<GrantView, 'feeBudget'> => {
  if (feeToken === undefined || feeBudget === 0n) return {};
  const { address, chainId } = feeToken;
  return { feeBudget: { token: address, chainId, amount: feeBudget, ...tokens.of(chainId, address) } };
};

/** Every grant with its use so far. */
export const createListGrants = (parts: Parts): Procedure<'listGrants'> => {
  const { grants, requests, reservations, settings, now, isUnlocked } = parts;

  const usageOf = (ledger: Ledger, { chainId, permissionId, session }: PlannedPermission) => ({
    chainId,
    permissionId,
    used: session.actions.map(
      (action) =>
        ledger[counterKey(actionId(action.actionTarget, action.actionTargetSelector), 'usageLimit')] ?? 0n,
    ),
  });

  const viewOf = async (grant: GrantRecord, chainName: Names): Promise<GrantView> => {
    const { grantId, origin, account, redeemer, state, createdAt, permissions } = grant;
    const request = await requests.get(grantId);
    const tokens = tokensOfReview(request?.kind === 'prepare' ? request.review : undefined);
    const ledgers = await Promise.all(
      permissions.map(({ chainId }) => reservations.expected(grantId, chainId)),
    );
    const placed = permissions.map((permission, index) => ({ permission, ledger: ledgers[index] ?? {} }));
    return {
      ...{ grantId, origin, account, redeemer, state, createdAt },
      permissions: permissions.map((permission) => viewOfPermission(grant, permission, request, chainName)),
      ...budgetOf(grant, tokens),
      exposure:
        state === 'enabled' || state === 'enabling'
          ? reviewExposure(
              placed.map(({ permission, ledger }) => ({ grant: scopeOf(grant, permission), ledger })),
              now(),
              { tokens, chainName },
            )
          : [],
      usage: placed.map(({ permission, ledger }) => usageOf(ledger, permission)),
    };
  };

  return async () => {
    if (!(await isUnlocked())) throw locked();
    const names = new Map((await settings.forPerson()).networks.map(({ chainId, name }) => [chainId, name]));
    const chainName = (chainId: number) => names.get(chainId) ?? `Chain ${chainId}`;
    return Promise.all((await grants.all()).map((grant) => viewOf(grant, chainName)));
  };
};
