import { tryDecodePolicy } from '../../protocol/policies/registry';
import { counterKey, type Ledger } from '../../protocol/scope/ledger';
import { actionId } from '../../protocol/session/permission';
import type { Session } from '../../protocol/session/session';
import type { UsageView } from '../../rpc/popup/views';
import type { GrantRecord, PlannedPermission } from '../../storage/records';
import type { GrantTable } from '../../storage/storage';
import { type ChainState, type PermissionState, withStates } from './chainState';
import type { Reservations } from './reservations';
import { ledgerOf, type UsageReader } from './usage';

/** Counters of a session as they stand right after it is enabled: universal rules may begin with something used. */
export const firstLedger = ({ actions }: Session): Ledger =>
  Object.fromEntries(
    actions.flatMap(({ actionTarget, actionTargetSelector, actionPolicies }) =>
      actionPolicies.flatMap((encoded) => {
        const policy = tryDecodePolicy(encoded);
        if (policy?.type !== 'universal') return [];
        const id = actionId(actionTarget, actionTargetSelector);
        return policy.rules.flatMap(({ isLimited, usage }, index) =>
          isLimited && usage.used > 0n
            ? [[counterKey(id, 'universal', String(index)), usage.used] as const]
            : [],
        );
      }),
    ),
  );

/** Sets the ledger right by what the chains count. */
export const createReconciler = (parts: {
  usage: UsageReader;
  chainState: Pick<ChainState, 'read'>;
  reservations: Reservations;
  grants: Pick<GrantTable, 'update'>;
  /** Unix seconds. */
  now: () => number;
}) => {
  const { usage, chainState, reservations, grants, now } = parts;

  /** What others did to a permission, on another device say, is taken over. */
  const keepStates = async ({ grantId, state }: GrantRecord, found: PermissionState): Promise<void> => {
    if (state !== 'enabled') return;
    await grants.update(grantId, (stored) => ({
      ...stored,
      permissions: stored.permissions.map((permission) => withStates(permission, [found])),
    }));
  };

  const readOne = async (grant: GrantRecord, permission: PlannedPermission) => {
    const { chainId, permissionId } = permission;
    const state = await chainState.read(grant, permission);
    const { enabled } = state;
    await keepStates(grant, state);
    const limits = enabled ? await usage(grant, permission) : [];
    if (enabled) await reservations.reconcile(grant.grantId, chainId, ledgerOf(limits));
    return { chainId, permissionId, enabled, limits: limits.map(({ key: _key, ...limit }) => limit) };
  };

  return {
    /** Counters of a grant as the chains have them, which the ledger takes over. Throws when a chain can't be read. */
    read: async (grant: GrantRecord): Promise<UsageView> => ({
      grantId: grant.grantId,
      readAt: now(),
      permissions: await Promise.all(grant.permissions.map((permission) => readOne(grant, permission))),
    }),
    /** The same chain by chain, where a chain that can't be read is told as unknown. */
    readKnown: async (grant: GrantRecord): Promise<UsageView> => ({
      grantId: grant.grantId,
      readAt: now(),
      permissions: await Promise.all(
        grant.permissions.map((permission) =>
          readOne(grant, permission).catch(() => ({
            chainId: permission.chainId,
            permissionId: permission.permissionId,
            enabled: undefined,
            limits: [],
          })),
        ),
      ),
    }),
  };
};

export type Reconciler = ReturnType<typeof createReconciler>;
