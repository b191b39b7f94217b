import type { Hex } from 'viem';
import type { GrantTable } from '../../storage/storage';
import type { Chains } from '../chain/chains';
import { noGrant } from '../sessions/denials';
import type { Handler } from './handler';

type Parts = { grants: GrantTable; chains: Chains };

/** What the chain says now of a permission of an origin. Others' permissions are as unknown as none. */
export const enabledOf = async (
  { grants, chains }: Parts,
  { permissionId, chainId }: { permissionId: Hex; chainId: number },
  origin: string,
): Promise<boolean> => {
  const chain = await chains.on(chainId);
  const grant = (await grants.ofOrigin(origin)).find(({ permissions }) =>
    permissions.some((held) => held.chainId === chainId && held.permissionId.toLowerCase() === permissionId),
  );
  if (!grant) throw noGrant();
  return chain.isPermissionEnabled(permissionId, grant.account, grant.smartSession);
};

/** `latchkey_isPermissionEnabled`: what the chain says now of a permission of this origin. */
export const createIsPermissionEnabled =
  (parts: Parts): Handler<'latchkey_isPermissionEnabled'> =>
  ([reference], origin) =>
    enabledOf(parts, reference, origin);
