import { type Address, encodeFunctionData, erc20Abi, type Hex, parseAbi, zeroAddress } from 'viem';
import { getBalance, readContract } from 'viem/actions';
import type { ConnectedChain } from './chain';
import { NodeError } from './nodeError';
import type { QuoteRequest, TriggerRequest } from './wire';

const forwarderAbi = parseAbi(['function forward(address destination) payable']);

/** A transaction of the owner's. */
export type TriggerCall = { from: Address; to: Address; value: bigint; data: Hex };

/** The account that a trigger is for: that of the first operation on its chain. */
function accountOf({ userOps, paymentInfo, trigger }: QuoteRequest): Address {
  const own = userOps.find(({ chainId }) => chainId === trigger?.chainId);
  return own?.sender ?? paymentInfo.sender;
}

/**
 * What the account will be allowed to draw. A client adds the fee to what it asked for, unless it asked for all that
 * the owner has.
 */
async function allowanceOf(
  chain: ConnectedChain,
  owner: Address,
  { tokenAddress, amount, approvalAmount }: TriggerRequest,
  fee: bigint,
): Promise<bigint> {
  if (approvalAmount !== undefined) return approvalAmount;
  const balance = await readContract(chain.client, {
    address: tokenAddress,
    abi: erc20Abi,
    functionName: 'balanceOf',
    args: [owner],
  });
  return amount === balance ? balance : amount + fee;
}

function forwarderOn({ meeVersions }: QuoteRequest, chainId: number): Address {
  const named = meeVersions.find((entry) => entry.chainId === chainId);
  if (named !== undefined) return named.version.ethForwarderAddress;
  throw new NodeError(400, `meeVersions names no Ether forwarder on the trigger's chain ${chainId}.`);
}

/**
 * What has happened on the trigger's chain when the first operation runs: an approval, by permit or transaction, or
 * a transfer through the Ether forwarder.
 *
 * @param fee what the client adds to the trigger's amount, unless that is all that the owner has
 * @returns nothing when the request has no trigger on this chain
 * @throws NodeError 400 when the owner can't send the coins
 */
export async function triggerCall(
  chain: ConnectedChain,
  request: QuoteRequest,
  fee: bigint,
): Promise<TriggerCall | undefined> {
  const { trigger, paymentInfo } = request;
  const owner = paymentInfo.eoa;
  if (trigger === undefined || owner === undefined || trigger.chainId !== chain.chainId) return undefined;
  const { tokenAddress, amount, recipientAddress } = trigger;
  const account = accountOf(request);
  if (tokenAddress === zeroAddress) {
    const to = forwarderOn(request, chain.chainId);
    const args = [recipientAddress ?? account] as const;
    const data = encodeFunctionData({ abi: forwarderAbi, functionName: 'forward', args });
    const balance = await getBalance(chain.client, { address: owner });
    if (amount > balance) {
      throw new NodeError(400, `The trigger sends ${amount} wei, ${owner} holds ${balance}.`);
    }
    return { from: owner, to, value: amount + fee > balance ? amount : amount + fee, data };
  }
  const args = [account, await allowanceOf(chain, owner, trigger, fee)] as const;
  const data = encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args });
  return { from: owner, to: tokenAddress, value: 0n, data };
}
