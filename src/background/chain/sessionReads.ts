import type { Address, Hex } from 'viem';
import { readContract } from 'viem/actions';
import { smartSessionAbi } from '../../protocol/constants/abis';
import { smartSessionAddress } from '../../protocol/constants/addresses';
import { saysNothing } from './answers';
import type { NetworkClient } from './networkClient';

/** SmartSession `isPermissionEnabled`. */
export const readPermissionEnabled = async (
  client: NetworkClient,
  permissionId: Hex,
  account: Address,
): Promise<boolean> => {
  try {
    return await readContract(client, {
      address: smartSessionAddress,
      abi: smartSessionAbi,
      functionName: 'isPermissionEnabled',
      args: [permissionId, account],
    });
  } catch (error) {
    if (saysNothing(error)) return false;
    throw error;
  }
};
