import { type Address, createClient, http, numberToHex } from 'viem';
import type { PrivateKeyAccount } from 'viem/accounts';
import { getTransactionCount } from 'viem/actions';
import type { QuoteRequest } from '../../../src/protocol/mee/quoteRequest';
import type { DevnetChain } from '../../devnet';

/** What to sign other than what fits. */
type Deviation = { chainId?: number; nonce?: number; signer?: PrivateKeyAccount };

/** An owner's EIP-7702 authorization as a quote request carries it. */
export async function authorize(
  chain: DevnetChain,
  owner: PrivateKeyAccount,
  implementation: Address,
  deviation: Deviation = {},
) {
  const client = createClient({ transport: http(chain.rpcUrl) });
  const { r, s, yParity, nonce, chainId } = await (deviation.signer ?? owner).signAuthorization({
    address: implementation,
    chainId: deviation.chainId ?? chain.chainId,
    nonce: deviation.nonce ?? (await getTransactionCount(client, { address: owner.address })),
  });
  return {
    chainId: numberToHex(chainId),
    address: implementation,
    nonce: numberToHex(nonce),
    r,
    s,
    yParity: numberToHex(yParity ?? 0),
  };
}

/** Makes a request one of the owner's own address, which delegates with the payment. */
export const asDelegated = (
  request: QuoteRequest,
  owner: Address,
  eip7702Auth: Awaited<ReturnType<typeof authorize>>,
) => ({
  ...request,
  userOps: request.userOps.map((op) => ({ ...op, sender: owner })),
  paymentInfo: { ...request.paymentInfo, sender: owner, initCode: undefined, eip7702Auth },
});
