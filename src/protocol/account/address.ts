import {
  type Address,
  concatHex,
  decodeFunctionResult,
  encodeAbiParameters,
  encodeFunctionData,
  getCreate2Address,
  type Hex,
  keccak256,
  parseAbiParameters,
} from 'viem';
import { accountAbi, factoryAbi } from '../constants/abis';
import { meeVersions } from '../constants/versions';
import { ProtocolError } from '../errors';
import { type AccountParameters, accountInitData, accountSalt } from './init';

/** A factory answer that is no address. Code `ACCOUNT_ADDRESS`. */
export class AccountAddressError extends ProtocolError {}

const proxyParameters = parseAbiParameters('address implementation, bytes call');

/**
 * Counterfactual address of an account by CREATE2 from the factory, without a chain.
 * @param parameters.proxyCreationCode creation code of the account proxy that the factory deploys
 */
export function deriveAccountAddress(parameters: AccountParameters & { proxyCreationCode: Hex }): Address {
  const { owner, index, version, proxyCreationCode } = parameters;
  const { factoryAddress, implementationAddress } = meeVersions[version];
  const initialize = encodeFunctionData({
    abi: accountAbi,
    functionName: 'initializeAccount',
    args: [accountInitData({ owner, version })],
  });
  const initCode = concatHex([
    proxyCreationCode,
    encodeAbiParameters(proxyParameters, [implementationAddress, initialize]),
  ]);
  return getCreate2Address({
    from: factoryAddress,
    salt: accountSalt(index),
    bytecodeHash: keccak256(initCode),
  });
}

/** The factory read `computeAccountAddress`: where to send it and its calldata. */
export function encodeComputeAccountAddress({ owner, index, version }: AccountParameters): {
  to: Address;
  data: Hex;
} {
  const data = encodeFunctionData({
    abi: factoryAbi,
    functionName: 'computeAccountAddress',
    args: [accountInitData({ owner, version }), accountSalt(index)],
  });
  return { to: meeVersions[version].factoryAddress, data };
}

/** Reads the answer of `computeAccountAddress`. @throws AccountAddressError */
export function decodeComputeAccountAddress(data: Hex): Address {
  try {
    return decodeFunctionResult({ abi: factoryAbi, functionName: 'computeAccountAddress', data });
  } catch (cause) {
    throw new AccountAddressError('ACCOUNT_ADDRESS', {
      shortMessage: 'The chain did not answer with the address of the account.',
      details: data.slice(0, 138),
      action: 'Check that the account factory is deployed on this chain.',
      cause,
    });
  }
}
