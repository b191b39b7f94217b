import { numberToHex } from 'viem';
import type { GrantTable } from '../../storage/storage';
import { noGrant } from '../sessions/denials';
import type { Reconciler } from '../sessions/reconcile';
import type { Handler } from './handler';

/** `latchkey_getUsage`: counters of a grant of this origin as the chains have them; the ledger is set right by them. */
export const createGetUsage =
  ({ grants, reconciler }: { grants: GrantTable; reconciler: Reconciler }): Handler<'latchkey_getUsage'> =>
  async ([{ grantId }], origin) => {
    const grant = await grants.get(grantId);
    if (grant?.origin !== origin) throw noGrant();
    const { readAt, permissions } = await reconciler.read(grant);
    return {
      grantId,
      readAt,
      permissions: permissions.map(({ limits, enabled, ...permission }) => ({
        ...permission,
        enabled: enabled ?? false,
        limits: limits.map(({ limit, used, remaining, ...counted }) => ({
          ...counted,
          limit: numberToHex(limit),
          used: numberToHex(used),
          remaining: numberToHex(remaining),
        })),
      })),
    };
  };
