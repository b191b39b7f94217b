import { sameAddress } from '../../protocol/address';
import type { RevokeParams } from '../../rpc/dapp/grantParams';
import type { ActionState } from '../../rpc/dapp/results';
import type { GrantRecord, PlannedPermission } from '../../storage/records';
import type { GrantTable } from '../../storage/storage';
import type { PermissionState } from './chainState';
import { actionUnknown } from './denials';

type RevokedAction = RevokeParams['action'];

const isAction = (
  { actionTarget, actionTargetSelector }: PlannedPermission['session']['actions'][number],
  action: NonNullable<RevokedAction>,
): boolean =>
  sameAddress(actionTarget, action.actionTarget) && actionTargetSelector === action.actionTargetSelector;

const indexOf = ({ session }: PlannedPermission, action: NonNullable<RevokedAction>): number =>
  session.actions.findIndex((candidate) => isAction(candidate, action));

/** Whether a chain still holds what is revoked: the permission, or the one action of it. */
export const holdsOf = (
  permission: PlannedPermission,
  { enabled, onChain }: PermissionState,
  action: RevokedAction,
): boolean => {
  if (!action) return enabled;
  const index = indexOf(permission, action);
  return enabled && onChain[index] === true;
};

const withRevoked = (
  permission: PlannedPermission,
  action: NonNullable<RevokedAction>,
): PlannedPermission => {
  const index = indexOf(permission, action);
  if (index === -1) return permission;
  const states: readonly ActionState[] =
    permission.states ?? permission.session.actions.map(() => 'enabled' as const);
  return { ...permission, states: states.with(index, 'revoked') };
};

/**
 * Ends a grant, or one action of it, in the companion: from here on nothing is signed for it. Works while locked.
 * @throws RpcError -32602 ACTION_UNKNOWN
 */
export const createLocalKill =
  ({ grants, destroyKey }: { grants: GrantTable; destroyKey: (keyId: string) => Promise<void> }) =>
  async (grant: GrantRecord, action: RevokedAction): Promise<GrantRecord> => {
    if (action) {
      if (grant.permissions.every((permission) => indexOf(permission, action) === -1)) throw actionUnknown();
      return grants.update(grant.grantId, (stored) => ({
        ...stored,
        permissions: stored.permissions.map((permission) => withRevoked(permission, action)),
      }));
    }
    await destroyKey(grant.keyId);
    return grants.update(grant.grantId, (stored) =>
      stored.state === 'revoked' ? stored : { ...stored, state: 'revoking' },
    );
  };

export type LocalKill = ReturnType<typeof createLocalKill>;
