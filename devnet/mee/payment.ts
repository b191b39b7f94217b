import { type Address, encodeFunctionData, erc20Abi, type Hex, zeroAddress } from 'viem';
import { readContract } from 'viem/actions';
import { encodeExecute } from '../../src/protocol/actions/execute';
import type { ConnectedChain } from './chain';
import { NodeError } from './nodeError';

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

/** Calldata of the payment operation: the account sends the fee (smallest units) to the node. */
export function encodePayment(token: Address, node: Address, fee: bigint): Hex {
  if (token === zeroAddress) return encodeExecute([{ to: node, value: fee, data: '0x' }]);
  const data = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args: [node, fee] });
  return encodeExecute([{ to: token, value: 0n, data }]);
}
