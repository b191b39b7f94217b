import { actionId } from '../../protocol/session/permission';
import { enabledActionsRead } from '../../protocol/session/reads';
import type { ActionState } from '../../rpc/dapp/results';
import type { GrantRecord, PlannedPermission } from '../../storage/records';
import type { GrantTable } from '../../storage/storage';
import type { Chains } from '../chain/chains';
import type { Missing } from './denials';
import { permissionOn } from './grantScope';

type Held = Pick<GrantRecord, 'account' | 'smartSession'>;

/** What a chain says of a permission: whether it is enabled at all, what is missing if not, and each action's state. */
export type PermissionState = {
  chainId: number;
  enabled: boolean;
  missing?: Missing;
  /** Whether the chain has each action of the session. */
  onChain: readonly boolean[];
  /** The same with what was revoked here. */
  states: readonly ActionState[];
};

const stateOf = (enabled: boolean, known: ActionState | undefined): ActionState => {
  if (known === 'revoked') return 'revoked';
  return enabled ? 'enabled' : 'notEnabled';
};

/** Reads what chains hold of permissions. Each read throws when its chain can't be read. */
export const createChainState = ({ chains, grants }: { chains: Chains; grants: GrantTable }) => {
  const missingOn = async ({ account, smartSession }: Held, chainId: number): Promise<Missing> => {
    const chain = await chains.on(chainId);
    const [hasCode, installed] = await Promise.all([
      chain.hasCode(account),
      chain.isSmartSessionInstalled(account, smartSession),
    ]);
    if (!hasCode) return 'accountNotDeployed';
    return installed ? 'permissionNotEnabled' : 'moduleMissing';
  };

  const read = async (held: Held, permission: PlannedPermission): Promise<PermissionState> => {
    const { chainId, permissionId, session, states: known } = permission;
    const { account, smartSession } = held;
    const chain = await chains.on(chainId);
    const [enabled, ids] = await Promise.all([
      chain.isPermissionEnabled(permissionId, account, smartSession),
      chain.read(enabledActionsRead({ account, permissionId, smartSession })),
    ]);
    const present = new Set((ids ?? []).map((id) => id.toLowerCase()));
    const onChain = session.actions.map(
      ({ actionTarget, actionTargetSelector }) =>
        enabled && present.has(actionId(actionTarget, actionTargetSelector).toLowerCase()),
    );
    const states = onChain.map((has, index) => stateOf(has, known?.[index]));
    if (enabled) return { chainId, enabled, onChain, states };
    return { chainId, enabled, onChain, states, missing: await missingOn(held, chainId) };
  };

  return {
    read,
    /** What is missing so that a permission can be used on a chain; undefined when nothing is. */
    missing: async (grant: GrantRecord, chainId: number): Promise<Missing | undefined> => {
      const { permissionId } = permissionOn(grant, chainId);
      const chain = await chains.on(chainId);
      const enabled = await chain.isPermissionEnabled(permissionId, grant.account, grant.smartSession);
      return enabled ? undefined : missingOn(grant, chainId);
    },
    /** Reads every chain of a grant and stores the state of each action. Chains that can't be read stay as they were. */
    refresh: async (grant: GrantRecord): Promise<GrantRecord> => {
      const found = await Promise.all(
        grant.permissions.map((permission) => read(grant, permission).catch(() => undefined)),
      );
      return grants.update(grant.grantId, (stored) => ({
        ...stored,
        permissions: stored.permissions.map((permission) => withStates(permission, found)),
      }));
    },
  };
};

/** A permission with the states that were read; states that are all `enabled` needn't be kept. */
export const withStates = (
  permission: PlannedPermission,
  found: readonly (PermissionState | undefined)[],
): PlannedPermission => {
  const states = found.find((one) => one?.chainId === permission.chainId)?.states;
  if (states === undefined) return permission;
  const { states: _old, ...rest } = permission;
  return states.every((state) => state === 'enabled') ? rest : { ...rest, states };
};

export type ChainState = ReturnType<typeof createChainState>;
