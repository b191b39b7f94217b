import type { GrantTable } from '../../storage/storage';
import type { Chains } from '../chain/chains';
import type { Handler } from './handler';
import { enabledOf } from './isPermissionEnabled';

/** `latchkey_checkEnabledPermissions`: what the chains say now of several permissions of this origin. */
export const createCheckEnabledPermissions =
  (parts: { grants: GrantTable; chains: Chains }): Handler<'latchkey_checkEnabledPermissions'> =>
  async ([references], origin) => {
    const answers = await Promise.all(
      references.map(async (reference) => ({
        ...reference,
        enabled: await enabledOf(parts, reference, origin),
      })),
    );
    const byPermission: Record<string, Record<number, boolean>> = {};
    for (const { permissionId, chainId, enabled } of answers) {
      byPermission[permissionId] = { ...byPermission[permissionId], [chainId]: enabled };
    }
    return byPermission;
  };
