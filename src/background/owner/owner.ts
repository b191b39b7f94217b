import {
  type Address,
  type Hex,
  hashTypedData,
  isAddressEqual,
  recoverAddress,
  recoverMessageAddress,
  type TypedDataDefinition,
} from 'viem';
import { type Authorization, authorizationHash } from '../../protocol/account/authorization';
import { unavailable } from '../errors/rpcErrors';
import { type OwnTransaction, serializeSigned, transactionDigest } from './transaction';

/** A wallet that signs for the owner of the account. Whatever it returns is checked by the functions below. */
export type OwnerAdapter = {
  address(): Promise<Address>;
  /** ERC-191 personal signature over 32 raw bytes: 65 bytes. */
  signHash(hash: Hex): Promise<Hex>;
  /** EIP-712 signature: 65 bytes. */
  signTypedData(data: TypedDataDefinition): Promise<Hex>;
  /** EIP-7702 signature of an authorization: 65 bytes. */
  signAuthorization(authorization: Authorization): Promise<Hex>;
  /** Signature of a transaction that isn't sent: 65 bytes. */
  signTransaction(transaction: OwnTransaction): Promise<Hex>;
};

const wrongSignature = (details: Record<string, unknown>, cause?: unknown) =>
  unavailable({
    reason: 'OWNER_SIGNATURE_WRONG',
    message: "The owner wallet's signature isn't the expected owner's signature over this request.",
    action: 'Choose the account that owns this smart account in the wallet, then try again.',
    details,
    cause,
  });

const proven = async (expected: Address, signature: Hex, recover: () => Promise<Address>): Promise<Hex> => {
  const signer = await recover().catch((cause) => {
    throw wrongSignature({ expected }, cause);
  });
  if (!isAddressEqual(signer, expected)) throw wrongSignature({ expected, got: signer });
  return signature;
};

/**
 * The expected owner's signature over a supertransaction hash. The signature is proven against owner and payload
 * before it is given back. Throws OWNER_SIGNATURE_WRONG.
 */
export const signAsOwner = async (adapter: OwnerAdapter, expected: Address, hash: Hex): Promise<Hex> => {
  const signature = await adapter.signHash(hash);
  return proven(expected, signature, () => recoverMessageAddress({ message: { raw: hash }, signature }));
};

/** The same for typed data. */
export const signTypedDataAsOwner = async (
  adapter: OwnerAdapter,
  expected: Address,
  data: TypedDataDefinition,
): Promise<Hex> => {
  const signature = await adapter.signTypedData(data);
  return proven(expected, signature, () => recoverAddress({ hash: hashTypedData(data), signature }));
};

/** The same for an EIP-7702 authorization. */
export const signAuthorizationAsOwner = async (
  adapter: OwnerAdapter,
  expected: Address,
  authorization: Authorization,
): Promise<Hex> => {
  const signature = await adapter.signAuthorization(authorization);
  return proven(expected, signature, () =>
    recoverAddress({ hash: authorizationHash(authorization), signature }),
  );
};

/** The same for a transaction, which is given back signed and serialised. */
export const signTransactionAsOwner = async (
  adapter: OwnerAdapter,
  expected: Address,
  transaction: OwnTransaction,
): Promise<Hex> => {
  const signature = await adapter.signTransaction(transaction);
  const hash = transactionDigest(transaction);
  return serializeSigned(
    transaction,
    await proven(expected, signature, () => recoverAddress({ hash, signature })),
  );
};
