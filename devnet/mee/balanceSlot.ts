import {
  type Address,
  decodeFunctionResult,
  encodeAbiParameters,
  encodeFunctionData,
  erc20Abi,
  type Hex,
  keccak256,
  numberToHex,
  parseAbiParameters,
} from 'viem';
import { call } from 'viem/actions';
import type { ConnectedChain } from './chain';

const positions = 32;
const probe = 0x6c61746368n;

const mappingParameters = parseAbiParameters('address key, uint256 position');

/** Storage slot of a `mapping(address => ...)` that stands at a position of its contract. */
const slotAt = (account: Address, position: number): Hex =>
  keccak256(encodeAbiParameters(mappingParameters, [account, BigInt(position)]));

/**
 * Finds where a token keeps the balance of an account, by trying what a Solidity contract with a mapping among its
 * first variables would do.
 *
 * @returns the slot, or nothing for a token of another layout
 */
export async function findBalanceSlot(
  chain: ConnectedChain,
  token: Address,
  account: Address,
): Promise<Hex | undefined> {
  const data = encodeFunctionData({ abi: erc20Abi, functionName: 'balanceOf', args: [account] });
  const answers = (slot: Hex) =>
    call(chain.client, {
      to: token,
      data,
      stateOverride: [{ address: token, stateDiff: [{ slot, value: numberToHex(probe, { size: 32 }) }] }],
    });
  for (let position = 0; position < positions; position += 1) {
    const slot = slotAt(account, position);
    const { data: balance = '0x' } = await answers(slot);
    if (balance !== '0x' && readBalance(balance) === probe) return slot;
  }
  return undefined;
}

const readBalance = (data: Hex): bigint =>
  decodeFunctionResult({ abi: erc20Abi, functionName: 'balanceOf', data });
