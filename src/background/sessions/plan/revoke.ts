import type { Call } from '../../../protocol/actions/call';
import { fixedCall } from '../../../protocol/actions/composableCall';
import { meeVersions } from '../../../protocol/constants/versions';
import type { Instruction } from '../../../protocol/mee/instruction';
import { customMetadata } from '../../../protocol/mee/metadata';
import { operationOf } from '../../../protocol/mee/operation';
import { encodeDisableActionId, encodeRemoveSession } from '../../../protocol/session/change';
import { actionId } from '../../../protocol/session/permission';
import type { RevokeParams } from '../../../rpc/dapp/grantParams';
import type { GrantRecord, PlannedPermission, RevokePlan } from '../../../storage/records';

/** A plan before the node has named its fee. */
export type RevokeDraft = Omit<RevokePlan, 'feeEstimate' | 'feeMax'>;

type RevokeSource = Pick<RevokeDraft, 'smartSession' | 'permissions'>;

const removalOf = (
  { smartSession }: RevokeSource,
  { permissionId }: PlannedPermission,
  action: RevokeParams['action'],
): Call => ({
  to: smartSession,
  value: 0n,
  data: action
    ? encodeDisableActionId(permissionId, actionId(action.actionTarget, action.actionTargetSelector))
    : encodeRemoveSession(permissionId),
});

/** What a revocation does, one operation per chain. */
export const instructionsOfRevoke = (
  source: RevokeSource,
  action: RevokeParams['action'],
): readonly Instruction[] =>
  source.permissions.map((permission) => ({
    chainId: permission.chainId,
    composable: true,
    calls: [fixedCall(removalOf(source, permission, action))],
    metadata: [customMetadata(permission.chainId, 'Remove smart sessions permissions')],
  }));

/**
 * Plans a revocation. Fees are paid as the grant pays them; without a fee token the node sponsors.
 * @param permissions those that their chain still holds
 */
export const planRevoke = (
  grant: GrantRecord,
  permissions: readonly PlannedPermission[],
  action: RevokeParams['action'],
): RevokeDraft => {
  const { grantId, account, owner, version, smartSession, feeToken } = grant;
  const { composabilityVersion } = meeVersions[version];
  return {
    ...{ grantId, account, owner, version, smartSession, permissions },
    quoteType: 'simple',
    scope: action ? 'action' : 'permission',
    chains: permissions.map(({ chainId }) => ({ chainId, deploy: 'none' })),
    operations: instructionsOfRevoke({ smartSession, permissions }, action).map((instruction) => {
      const { chainId, callData } = operationOf(instruction, composabilityVersion);
      return { chainId, callData };
    }),
    cleanUps: [],
    ...(feeToken === undefined ? { sponsorship: { kind: 'node' } } : { feeToken }),
  };
};
