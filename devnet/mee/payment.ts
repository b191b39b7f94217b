import { type Address, encodeFunctionData, erc20Abi, type Hex, zeroAddress } from 'viem';
import { readContract } from 'viem/actions';
import { encodeExecute } from '../../src/protocol/actions/execute';
import type { ConnectedChain } from './chain';
import { NodeError } from './nodeError';
import type { QuotePath } from './offer';
import type { QuoteRequest } from './wire';

const nativeDecimals = 18;

/**
 * Decimals of the token that pays the node; the zero address is the chain's own coin.
 *
 * @throws NodeError 400 when the address holds no ERC-20
 */
export async function readFeeDecimals(chain: ConnectedChain, token: Address): Promise<number> {
  if (token === zeroAddress) return nativeDecimals;
  const known = chain.feeTokens.find(({ address }) => address.toLowerCase() === token.toLowerCase());
  if (known !== undefined) return known.decimals;
  try {
    return await readContract(chain.client, { address: token, abi: erc20Abi, functionName: 'decimals' });
  } catch (cause) {
    throw new NodeError(400, `The fee token ${token} is no ERC-20 on chain ${chain.chainId}.`, { cause });
  }
}

/**
 * Whose tokens pay when they aren't the account's own: the owner's, when a trigger lets the account move the same
 * token, or those of a fee payer that the request names.
 */
export function payerOf({ paymentInfo, trigger }: QuoteRequest, path: QuotePath): Address | undefined {
  if (path === 'quote' || paymentInfo.token === zeroAddress) return undefined;
  const same =
    trigger === undefined ||
    (trigger.chainId === paymentInfo.chainId && trigger.tokenAddress === paymentInfo.token);
  return same ? paymentInfo.eoa : undefined;
}

/** Calldata of the payment operation: the account sends the fee (smallest units) to the node, or draws it from `payer`. */
export function encodePayment(token: Address, node: Address, fee: bigint, payer?: Address): Hex {
  if (token === zeroAddress) return encodeExecute([{ to: node, value: fee, data: '0x' }]);
  const data =
    payer === undefined
      ? encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [node, fee] })
      : encodeFunctionData({ abi: erc20Abi, functionName: 'transferFrom', args: [payer, node, fee] });
  return encodeExecute([{ to: token, value: 0n, data }]);
}
