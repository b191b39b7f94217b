import { type Address, concatHex, isAddressEqual } from 'viem';
import { getCode, getTransactionCount } from 'viem/actions';
import { recoverAuthorizationAddress } from 'viem/utils';
import type { ConnectedChain } from './chain';
import { NodeError } from './nodeError';
import type { Authorization } from './wireParts';

/** The code of an account that delegates by EIP-7702. */
export const delegationCode = (authorization: Authorization) =>
  concatHex(['0xef0100', authorization.address]);

/**
 * Tells why a chain would pass over an authorization, which it does without an error.
 *
 * @returns the reason, or nothing when the authorization will be applied
 */
export async function authorizationFault(
  chain: ConnectedChain,
  account: Address,
  authorization: Authorization,
): Promise<string | undefined> {
  if (authorization.chainId !== 0 && authorization.chainId !== chain.chainId) {
    return `the authorization is for chain ${authorization.chainId}`;
  }
  const signer = await recoverAuthorizationAddress({ authorization });
  if (!isAddressEqual(signer, account)) return `the authorization is signed by ${signer}, not by ${account}`;
  const nonce = await getTransactionCount(chain.client, { address: account });
  if (authorization.nonce !== nonce) {
    return `the authorization has nonce ${authorization.nonce}, the account is at ${nonce}`;
  }
  return undefined;
}

/** @throws NodeError 400 when the chain would pass over the authorization of `userOps[index]` */
export async function checkAuthorization(
  chain: ConnectedChain,
  account: Address,
  authorization: Authorization,
  index: number,
): Promise<void> {
  const fault = await authorizationFault(chain, account, authorization);
  if (fault === undefined) return;
  throw new NodeError(400, `userOps[${index}] on chain ${chain.chainId}: ${fault}.`);
}

/** Whether an account delegates to the contract that the authorization names. */
export async function isDelegated(
  chain: ConnectedChain,
  account: Address,
  authorization: Authorization,
): Promise<boolean> {
  const code = await getCode(chain.client, { address: account });
  return code?.toLowerCase() === delegationCode(authorization).toLowerCase();
}
