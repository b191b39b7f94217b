import type { Address } from 'viem';
import { getCode, readContract } from 'viem/actions';
import { accountAbi } from '../../protocol/constants/abis';
import { smartSessionAddress } from '../../protocol/constants/addresses';
import { validatorModuleType } from '../../protocol/constants/modes';
import { saysNothing } from './answers';
import type { NetworkClient } from './networkClient';

export const readHasCode = async (client: NetworkClient, address: Address): Promise<boolean> => {
  const code = await getCode(client, { address });
  return code !== undefined && code !== '0x';
};

/** ERC-7579 `isModuleInstalled`. An address without code answers with nothing, which reads as false. */
export const readModuleInstalled = async (client: NetworkClient, account: Address): Promise<boolean> => {
  try {
    return await readContract(client, {
      address: account,
      abi: accountAbi,
      functionName: 'isModuleInstalled',
      args: [validatorModuleType, smartSessionAddress, '0x'],
    });
  } catch (error) {
    if (saysNothing(error)) return false;
    throw error;
  }
};
