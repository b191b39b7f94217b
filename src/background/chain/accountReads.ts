import { type Address, decodeFunctionResult, encodeFunctionData, type Hex } from 'viem';
import { decodeComputeAccountAddress, encodeComputeAccountAddress } from '../../protocol/account/address';
import { accountAbi, entryPointAbi, smartSessionAbi } from '../../protocol/constants/abis';
import { entryPointAddress, smartSessionAddress } from '../../protocol/constants/addresses';
import { validatorModuleType } from '../../protocol/constants/modes';
import type { MeeVersion } from '../../protocol/constants/versions';
import { encodeIsPermissionEnabled } from '../../protocol/session/enable';
import { unavailable } from '../errors/rpcErrors';
import { callContract, readAs } from './contractRead';
import type { NetworkClient } from './networkClient';

/** Factory `computeAccountAddress` of the owner's first account. Throws AccountAddressError without a factory. */
export const readAccountAddress = async (
  client: NetworkClient,
  owner: Address,
  version: MeeVersion,
): Promise<Address> => {
  const { to, data } = encodeComputeAccountAddress({ owner, version });
  return decodeComputeAccountAddress((await callContract(client, to, data)) ?? '0x');
};

export const readHasCode = async (client: NetworkClient, address: Address): Promise<boolean> => {
  const code = await client.request({ method: 'eth_getCode', params: [address, 'latest'] });
  return code !== undefined && code !== '0x';
};

/** ERC-7579 `isModuleInstalled`; false for an address without code. */
export const readModuleInstalled = async (client: NetworkClient, account: Address): Promise<boolean> => {
  const call = { abi: accountAbi, functionName: 'isModuleInstalled' } as const;
  const args = [validatorModuleType, smartSessionAddress, '0x'] as const;
  const answer = await callContract(client, account, encodeFunctionData({ ...call, args }));
  return readAs(answer, (data) => decodeFunctionResult({ ...call, data })) ?? false;
};

/** SmartSession `isPermissionEnabled`; false where the module isn't deployed. */
export const readPermissionEnabled = async (
  client: NetworkClient,
  id: Hex,
  account: Address,
): Promise<boolean> => {
  const answer = await callContract(client, smartSessionAddress, encodeIsPermissionEnabled(id, account));
  const call = { abi: smartSessionAbi, functionName: 'isPermissionEnabled' } as const;
  return readAs(answer, (data) => decodeFunctionResult({ ...call, data })) ?? false;
};

const noEntryPoint = () =>
  unavailable({
    reason: 'ENTRY_POINT_MISSING',
    message: 'The chain has no EntryPoint to read a nonce from.',
    action: 'Use a chain on which EntryPoint v0.7 is deployed.',
  });

/** EntryPoint `getNonce`: the next nonce under a key. */
export const readNonce = async (client: NetworkClient, account: Address, key: bigint): Promise<bigint> => {
  const call = { abi: entryPointAbi, functionName: 'getNonce' } as const;
  const answer = await callContract(
    client,
    entryPointAddress,
    encodeFunctionData({ ...call, args: [account, key] }),
  );
  const nonce = readAs(answer, (data) => decodeFunctionResult({ ...call, data }));
  if (nonce === undefined) throw noEntryPoint();
  return nonce;
};
