import type { GrantTable } from '../../storage/storage';
import type { Chains } from '../chain/chains';
import { noGrant } from '../sessions/denials';
import type { Handler } from './handler';

/** `latchkey_isPermissionEnabled`: what the chain says now of a permission of this origin. */
export const createIsPermissionEnabled =
  ({ grants, chains }: { grants: GrantTable; chains: Chains }): Handler<'latchkey_isPermissionEnabled'> =>
  async ([{ permissionId, chainId }], origin) => {
    const chain = await chains.on(chainId);
    const grant = (await grants.ofOrigin(origin)).find(({ permissions }) =>
      permissions.some(
        (held) => held.chainId === chainId && held.permissionId.toLowerCase() === permissionId,
      ),
    );
    if (!grant) throw noGrant();
    return chain.isPermissionEnabled(permissionId, grant.account);
  };
