import type { GrantRecord, PreparePlan } from '../../storage/records';
import type { ConnectionTable, GrantTable } from '../../storage/storage';
import type { Clock } from '../journal/clock';
import { type PermissionState, withStates } from '../sessions/chainState';
import { firstLedger } from '../sessions/reconcile';
import type { Reservations } from '../sessions/reservations';
import { sessionKeyId } from './sessionKeys';

type Parts = {
  grants: GrantTable;
  connections: ConnectionTable;
  reservations: Pick<Reservations, 'begin'>;
  clock: Clock;
  onConnected: (origin: string) => Promise<void>;
};

const grantOf = (origin: string, plan: PreparePlan, redeemer: GrantRecord['redeemer'], now: number) => {
  const { grantId, account, owner, version, smartSession, permissions, feeToken, feeBudget } = plan;
  const { sponsorship } = plan;
  const grant: GrantRecord = {
    ...{ grantId, origin, account, owner, version, redeemer, smartSession, permissions, feeBudget },
    keyId: sessionKeyId(grantId),
    state: 'enabling',
    createdAt: now,
    ...(feeToken === undefined ? {} : { feeToken }),
    ...(sponsorship?.kind === 'own' ? { sponsorUrl: sponsorship.url } : {}),
  };
  return grant;
};

/** What an approved PREPARE leaves in the companion's own tables. */
export const createGranting = ({ grants, connections, reservations, clock, onConnected }: Parts) => ({
  /** Keeps the grant of a plan, once. A plan without a permission leaves none. */
  keep: async (origin: string, plan: PreparePlan): Promise<void> => {
    const { grantId, redeemer, permissions } = plan;
    if (redeemer === undefined || (await grants.get(grantId)) !== undefined) return;
    for (const { chainId, session } of permissions) {
      await reservations.begin(grantId, chainId, firstLedger(session));
    }
    await grants.put(grantOf(origin, plan, redeemer, clock.now()));
  },
  /** Lets the origin see the account. */
  connect: async (origin: string, { account }: Pick<PreparePlan, 'account'>): Promise<void> => {
    if ((await connections.get(origin)) !== undefined) return;
    await connections.put({ origin, account, createdAt: clock.now() });
    await onConnected(origin);
  },
  /** The chains hold the grant, or the parts of it that `found` tells. */
  enable: async (plan: PreparePlan, found: readonly PermissionState[]): Promise<void> => {
    if (plan.redeemer === undefined) return;
    await grants.update(plan.grantId, (grant) => ({
      ...grant,
      state: grant.state === 'enabling' ? 'enabled' : grant.state,
      permissions: grant.permissions.map((permission) => withStates(permission, found)),
    }));
  },
});

export type Granting = ReturnType<typeof createGranting>;
