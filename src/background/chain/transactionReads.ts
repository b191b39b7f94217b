import * as v from 'valibot';
import { type Address, type Hex, hexToBigInt, hexToNumber, numberToHex } from 'viem';
import { wordSchema } from '../../rpc/dapp/primitives';
import type { NetworkClient } from './networkClient';

const quantitySchema = v.pipe(v.string(), v.regex(/^0x[0-9a-fA-F]{1,64}$/));
const amountOf = (answer: unknown): bigint => hexToBigInt(v.parse(quantitySchema, answer) as Hex);
const numberOf = (answer: unknown): number => hexToNumber(v.parse(quantitySchema, answer) as Hex);

const blockSchema = v.object({
  number: quantitySchema,
  timestamp: quantitySchema,
  baseFeePerGas: v.optional(quantitySchema),
});

const receiptSchema = v.nullable(v.object({ status: quantitySchema, blockNumber: quantitySchema }));

/** The newest block, or the one to come. `baseFee` in wei per gas; 0 on chains without one. */
export type BlockFacts = { number: bigint; timestamp: number; baseFee: bigint };

/** A mined transaction: whether it succeeded, and how many blocks hold it, its own counted. */
export type MinedTransaction = { success: boolean; confirmations: bigint };

export const readBlock = async (
  client: NetworkClient,
  tag: 'latest' | 'pending' = 'latest',
): Promise<BlockFacts> => {
  const answer = await client.request({ method: 'eth_getBlockByNumber', params: [tag, false] });
  const block = v.parse(blockSchema, answer);
  return {
    number: amountOf(block.number),
    timestamp: numberOf(block.timestamp),
    baseFee: block.baseFeePerGas === undefined ? 0n : amountOf(block.baseFeePerGas),
  };
};

/** Wei. */
export const readBalance = async (client: NetworkClient, address: Address): Promise<bigint> =>
  amountOf(await client.request({ method: 'eth_getBalance', params: [address, 'latest'] }));

/** The next nonce of an externally owned address, those in the pool counted. */
export const readTransactionCount = async (client: NetworkClient, address: Address): Promise<number> =>
  numberOf(await client.request({ method: 'eth_getTransactionCount', params: [address, 'pending'] }));

/** Tip that the chain advises, in wei per gas; 0 when it advises none. */
export const readPriorityFee = async (client: NetworkClient): Promise<bigint> =>
  client.request({ method: 'eth_maxPriorityFeePerGas' }).then(amountOf, () => 0n);

/** Gas of a transaction; throws when it would fail. */
export const estimateGas = async (
  client: NetworkClient,
  { from, to, value, data }: { from: Address; to: Address; value: bigint; data: Hex },
): Promise<bigint> =>
  amountOf(
    await client.request({
      method: 'eth_estimateGas',
      params: [{ from, to, value: numberToHex(value), data }],
    }),
  );

export const sendRawTransaction = async (client: NetworkClient, raw: Hex): Promise<Hex> =>
  v.parse(wordSchema, await client.request({ method: 'eth_sendRawTransaction', params: [raw] }));

/** Undefined while the transaction isn't mined. */
export const readMined = async (client: NetworkClient, hash: Hex): Promise<MinedTransaction | undefined> => {
  const answer = await client.request({ method: 'eth_getTransactionReceipt', params: [hash] });
  const receipt = v.parse(receiptSchema, answer);
  if (receipt === null) return undefined;
  const head = await readBlock(client);
  const depth = head.number - amountOf(receipt.blockNumber) + 1n;
  return { success: amountOf(receipt.status) === 1n, confirmations: depth > 0n ? depth : 0n };
};
