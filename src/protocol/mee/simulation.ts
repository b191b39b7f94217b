import {
  type Address,
  concatHex,
  encodeAbiParameters,
  type Hex,
  keccak256,
  pad,
  parseAbiParameters,
} from 'viem';
import { decodeNonce } from '../account/nonce';
import { entryPointAddress } from '../constants/addresses';
import { toWord } from '../word';

/** A token balance that a simulation assumes; smallest unit. */
export type TokenOverride = {
  tokenAddress: Address;
  accountAddress: Address;
  chainId: number;
  balance: bigint;
};

/** A storage slot that a simulation assumes. */
export type StorageOverride = { contractAddress: Address; storageSlot: Hex; chainId: number; value: Hex };

/** What a simulation assumes, so that an operation passes that depends on an earlier one. */
export type SimulationOverrides = {
  tokenOverrides?: readonly TokenOverride[];
  customOverrides?: readonly StorageOverride[];
};

/** How the node is to simulate a quote. */
export type SimulationOptions = {
  simulate: boolean;
  overrides?: SimulationOverrides;
  /** Percent on top of the measured gas, by chain id. */
  gasLimitBuffers?: Readonly<Record<number, bigint>>;
};

/** Slot where an ERC-7579 account of the suites keeps its storage struct (ERC-7201). */
const accountStorage: Hex = '0x0bb70095b32b9671358306b0339b4c06e7cbd8cb82505941fba30d1eb5b82f00';
const slotParameters = parseAbiParameters('address key, bytes32 slot');
/** The mapping of nonce sequences stands in slot 1 of EntryPoint v0.7. */
const nonceMapping = toWord(1n);
/** Head of the account's linked list of validators: an entry that points to it is installed. */
const listHead = toWord(1n);

/** Makes a simulation believe that a validator is installed on the account. */
export function installedOverride(parameters: {
  account: Address;
  chainId: number;
  module: Address;
}): StorageOverride {
  const { account, chainId, module } = parameters;
  return {
    contractAddress: account,
    storageSlot: keccak256(encodeAbiParameters(slotParameters, [module, accountStorage])),
    chainId,
    value: listHead,
  };
}

/** Makes a simulation believe that the operation with this nonce has run. */
export function nonceOverride(parameters: {
  account: Address;
  chainId: number;
  nonce: bigint;
}): StorageOverride {
  const { account, chainId, nonce } = parameters;
  const { key, sequence } = decodeNonce(nonce);
  return {
    chainId,
    contractAddress: entryPointAddress,
    storageSlot: nonceSlot(account, key),
    value: toWord(sequence + 1n),
  };
}

/** Storage slot of EntryPoint v0.7 that holds the sequence of an account under a nonce key. */
export function nonceSlot(account: Address, key: bigint): Hex {
  const perAccount = keccak256(concatHex([pad(account), nonceMapping]));
  return keccak256(concatHex([toWord(key), perAccount]));
}
