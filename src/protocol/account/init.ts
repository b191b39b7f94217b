import {
  type Address,
  concatHex,
  encodeAbiParameters,
  encodeFunctionData,
  type Hex,
  parseAbiParameters,
  zeroAddress,
} from 'viem';
import { bootstrapAbi, factoryAbi } from '../constants/abis';
import { type MeeVersion, meeVersions } from '../constants/versions';
import { toWord } from '../word';

/** An account by what decides its address. `index` counts the accounts of one owner from 0. */
export type AccountParameters = { owner: Address; index?: bigint; version: MeeVersion };

const bootstrapCall = parseAbiParameters('address bootstrap, bytes call');
const noHook = { module: zeroAddress, data: toWord(0n) } as const;

/** Init data of an account: the bootstrap contract and its call that makes `owner` the default validator's owner. */
export function accountInitData({ owner, version }: Omit<AccountParameters, 'index'>): Hex {
  const call = encodeFunctionData({
    abi: bootstrapAbi,
    functionName: 'initNexusWithDefaultValidatorAndOtherModulesNoRegistry',
    args: [owner, [], [], noHook, [], []],
  });
  return encodeAbiParameters(bootstrapCall, [meeVersions[version].bootStrapAddress, call]);
}

/** Salt under which the factory creates the account. */
export function accountSalt(index = 0n): Hex {
  return toWord(index);
}

/** The `initCode` of the first operation of an account: factory address, then `createAccount`. */
export function accountInitCode({ owner, index, version }: AccountParameters): Hex {
  const createAccount = encodeFunctionData({
    abi: factoryAbi,
    functionName: 'createAccount',
    args: [accountInitData({ owner, version }), accountSalt(index)],
  });
  return concatHex([meeVersions[version].factoryAddress, createAccount]);
}
