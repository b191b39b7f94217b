import { type Address, getAddress, type Hex, numberToHex, parseSignature, size, slice } from 'viem';
import { hashAuthorization } from 'viem/utils';
import { sameAddress } from '../address';
import { ProtocolError } from '../errors';

/** An EIP-7702 authorization that can't be made. Codes: `AUTHORIZATION_RANGE`. */
export class AuthorizationError extends ProtocolError {}

/** What an EIP-7702 authorization says: on this chain (0: on every chain) my code is that contract's. */
export type Authorization = {
  /** 0 makes it valid on every chain where the nonce fits. */
  chainId: number;
  /** The contract whose code the account takes. */
  address: Address;
  /** The owner's transaction count, read just before signing. */
  nonce: number;
};

/** A signed authorization as a quote request carries it (`eip7702Auth`): numbers as hex quantities. */
export type Eip7702Auth = { chainId: Hex; address: Address; nonce: Hex; r: Hex; s: Hex; yParity: Hex };

/** What the owner signs for an authorization (EIP-7702): keccak256(0x05 ‖ rlp([chainId, address, nonce])). */
export function authorizationHash({ chainId, address, nonce }: Authorization): Hex {
  for (const value of [chainId, nonce])
    if (!Number.isSafeInteger(value) || value < 0) throw outOfRange(value);
  return hashAuthorization({ chainId, address, nonce });
}

/** A signed authorization in the node's JSON form. @param signature 65 bytes over `authorizationHash` */
export function encodeEip7702Auth({ chainId, address, nonce }: Authorization, signature: Hex): Eip7702Auth {
  const { r, s, yParity } = parseSignature(signature);
  return {
    chainId: numberToHex(chainId),
    address,
    nonce: numberToHex(nonce),
    r,
    s,
    yParity: numberToHex(yParity),
  };
}

/** What stands at an owner's address on one chain. */
export type Delegation =
  | { kind: 'none' }
  /** Delegated to the account implementation that is wanted: nothing to sign. */
  | { kind: 'expected'; delegate: Address }
  /** Delegated to something else; replacing it takes the code away that is there now. */
  | { kind: 'foreign'; delegate: Address }
  /** A contract, not an owner's key: no authorization is possible. */
  | { kind: 'contract' };

const designatorPrefix = '0xef0100';

/** Reads the code of an owner's address (EIP-7702 delegation designator: 0xef0100 ‖ address). */
export function readDelegation(code: Hex, expected: Address): Delegation {
  if (size(code) === 0) return { kind: 'none' };
  if (size(code) !== 23 || slice(code, 0, 3).toLowerCase() !== designatorPrefix) return { kind: 'contract' };
  const delegate = getAddress(slice(code, 3));
  return { kind: sameAddress(delegate, expected) ? 'expected' : 'foreign', delegate };
}

/** An authorization to be signed and the chains it serves. */
export type PlannedAuthorization = Authorization & { chainIds: readonly number[] };

/**
 * The authorizations that chains without code need: one for every chain, or, where `multichain` is wanted, one valid
 * on every chain for each nonce that several chains share, and for a single chain.
 * @param chains the owner's transaction count on each chain
 */
export function planAuthorizations(parameters: {
  implementation: Address;
  chains: readonly { chainId: number; nonce: number }[];
  multichain: boolean;
}): PlannedAuthorization[] {
  const { implementation: address, chains, multichain } = parameters;
  if (!multichain) {
    return chains.map(({ chainId, nonce }) => ({ chainId, address, nonce, chainIds: [chainId] }));
  }
  const nonces = [...new Set(chains.map(({ nonce }) => nonce))];
  return nonces.map((nonce) => {
    const chainIds = chains.filter((chain) => chain.nonce === nonce).map(({ chainId }) => chainId);
    const [only] = chainIds;
    const shared = only === undefined || chainIds.length > 1 || chains.length === 1;
    return { chainId: shared ? 0 : only, address, nonce, chainIds };
  });
}

function outOfRange(value: number): AuthorizationError {
  return new AuthorizationError('AUTHORIZATION_RANGE', {
    shortMessage: 'Chain id and nonce of an authorization must be whole numbers from 0.',
    details: `Got ${value}.`,
    action: 'Read the nonce of the owner again.',
  });
}
