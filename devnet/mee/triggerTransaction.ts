import { concatHex, type Hex, keccak256, serializeTransaction, size, slice, type Transaction } from 'viem';
import { getTransaction, getTransactionReceipt } from 'viem/actions';
import type { ConnectedChain } from './chain';
import { NodeError } from './nodeError';

function serialize(transaction: Transaction): Hex {
  const common = {
    to: transaction.to,
    value: transaction.value,
    data: transaction.input,
    gas: transaction.gas,
    nonce: transaction.nonce,
  };
  if (transaction.type === 'eip1559') {
    const { maxFeePerGas, maxPriorityFeePerGas, accessList, r, s, yParity } = transaction;
    return serializeTransaction(
      {
        ...common,
        type: 'eip1559',
        chainId: Number(transaction.chainId),
        maxFeePerGas,
        maxPriorityFeePerGas,
        accessList: [...accessList],
      },
      { r, s, yParity },
    );
  }
  if (transaction.type === 'legacy') {
    const { r, s, v } = transaction;
    const chain = transaction.chainId === undefined ? {} : { chainId: Number(transaction.chainId) };
    return serializeTransaction(
      { ...common, ...chain, type: 'legacy', gasPrice: transaction.gasPrice },
      { r, s, v },
    );
  }
  throw new NodeError(400, `A trigger transaction has to be of type 0 or 2, not ${transaction.typeHex}.`);
}

async function read(chain: ConnectedChain, hash: Hex) {
  try {
    return await Promise.all([
      getTransaction(chain.client, { hash }),
      getTransactionReceipt(chain.client, { hash }),
    ]);
  } catch (cause) {
    throw new NodeError(400, `The trigger transaction ${hash} is not mined on chain ${chain.chainId}.`, {
      cause,
    });
  }
}

/**
 * The owner's transaction whose calldata ends with the hash of a supertransaction, as its validator reads it: a type
 * byte (0x00 before a legacy one) and the RLP.
 *
 * @throws NodeError 400 when it isn't mined, failed, is of another type, or ends with something else
 */
export async function readTriggerTransaction(
  chain: ConnectedChain,
  transactionHash: Hex,
  superTransactionHash: Hex,
): Promise<Hex> {
  const [transaction, receipt] = await read(chain, transactionHash);
  const { input } = transaction;
  const tail = size(input) < 32 ? '0x' : slice(input, size(input) - 32);
  if (tail !== superTransactionHash.toLowerCase()) {
    throw new NodeError(400, `The calldata of ${transactionHash} does not end with ${superTransactionHash}.`);
  }
  if (receipt.status !== 'success') {
    throw new NodeError(400, `The trigger transaction ${transactionHash} reverted.`);
  }
  const raw = serialize(transaction);
  if (keccak256(raw) !== transactionHash) {
    throw new NodeError(500, `The transaction ${transactionHash} does not come out as it was signed.`);
  }
  return transaction.type === 'legacy' ? concatHex(['0x00', raw]) : raw;
}
