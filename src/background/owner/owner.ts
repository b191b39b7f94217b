import { type Address, type Hex, isAddressEqual, recoverMessageAddress } from 'viem';
import { unavailable } from '../errors/rpcErrors';

/** A wallet that signs for the owner of the account. Whatever it returns is checked by `signAsOwner`. */
export type OwnerAdapter = {
  address(): Promise<Address>;
  /** ERC-191 personal signature over 32 raw bytes: 65 bytes. */
  signHash(hash: Hex): Promise<Hex>;
};

const wrongSignature = (details: Record<string, unknown>, cause?: unknown) =>
  unavailable({
    reason: 'OWNER_SIGNATURE_WRONG',
    message: "The owner wallet's signature isn't the expected owner's signature over this request.",
    action: 'Choose the account that owns this smart account in the wallet, then try again.',
    details,
    cause,
  });

/**
 * The expected owner's signature over a supertransaction hash. The signature is proven against owner and payload
 * before it is given back. Throws OWNER_SIGNATURE_WRONG.
 */
export const signAsOwner = async (adapter: OwnerAdapter, expected: Address, hash: Hex): Promise<Hex> => {
  const signature = await adapter.signHash(hash);
  const signer = await recoverMessageAddress({ message: { raw: hash }, signature }).catch((cause) => {
    throw wrongSignature({ expected }, cause);
  });
  if (!isAddressEqual(signer, expected)) throw wrongSignature({ expected, got: signer });
  return signature;
};
