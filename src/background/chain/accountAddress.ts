import type { Address } from 'viem';
import { call } from 'viem/actions';
import { decodeComputeAccountAddress, encodeComputeAccountAddress } from '../../protocol/account/address';
import type { MeeVersion } from '../../protocol/constants/versions';
import type { NetworkClient } from './networkClient';

/** Factory `computeAccountAddress` of the owner's first account. Throws AccountAddressError without a factory. */
export const readAccountAddress = async (
  client: NetworkClient,
  owner: Address,
  version: MeeVersion,
): Promise<Address> => {
  const { data } = await call(client, encodeComputeAccountAddress({ owner, version }));
  return decodeComputeAccountAddress(data ?? '0x');
};
