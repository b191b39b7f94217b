import * as v from 'valibot';
import { type Address, decodeFunctionResult, encodeFunctionData, type Hex } from 'viem';
import { decodeComputeAccountAddress, encodeComputeAccountAddress } from '../../protocol/account/address';
import { accountAbi, entryPointAbi } from '../../protocol/constants/abis';
import { entryPointAddress } from '../../protocol/constants/addresses';
import { validatorModuleType } from '../../protocol/constants/modes';
import type { MeeVersion } from '../../protocol/constants/versions';
import { bytesSchema } from '../../rpc/dapp/primitives';
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

/** Code at an address; `0x` where there is none. */
export const readCode = async (client: NetworkClient, address: Address): Promise<Hex> =>
  v.parse(bytesSchema, await client.request({ method: 'eth_getCode', params: [address, 'latest'] }));

/** ERC-7579 `isModuleInstalled`; false for an address without code. */
export const readModuleInstalled = async (
  client: NetworkClient,
  account: Address,
  module: Address,
): Promise<boolean> => {
  const call = { abi: accountAbi, functionName: 'isModuleInstalled' } as const;
  const args = [validatorModuleType, module, '0x'] as const;
  const answer = await callContract(client, account, encodeFunctionData({ ...call, args }));
  return readAs(answer, (data) => decodeFunctionResult({ ...call, data })) ?? false;
};

/** What an account says that it is (ERC-7579 `accountId`), and the implementation behind it; absent parts aren't told. */
export type AccountIdentity = { accountId?: string; implementation?: Address };

/** ERC-7579 `accountId`, and `getImplementation` of the account. */
export const readIdentity = async (client: NetworkClient, account: Address): Promise<AccountIdentity> => {
  const idCall = { abi: accountAbi, functionName: 'accountId' } as const;
  const implementationCall = { abi: accountAbi, functionName: 'getImplementation' } as const;
  const [id, implementation] = await Promise.all([
    callContract(client, account, encodeFunctionData(idCall)),
    callContract(client, account, encodeFunctionData(implementationCall)),
  ]);
  const accountId = readAs(id, (data) => decodeFunctionResult({ ...idCall, data }));
  const address = readAs(implementation, (data) => decodeFunctionResult({ ...implementationCall, data }));
  return {
    ...(accountId === undefined ? {} : { accountId }),
    ...(address === undefined ? {} : { implementation: address }),
  };
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
