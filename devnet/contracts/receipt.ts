import { type Client, type Hex, type TransactionReceipt, TransactionReceiptNotFoundError } from 'viem';
import { getTransactionReceipt } from 'viem/actions';

/**
 * Waits until a transaction is mined, by asking for its receipt alone: a chain that mines on demand may never give
 * the next block that watching for blocks waits for.
 * @param within Milliseconds.
 */
export async function minedReceipt(client: Client, hash: Hex, within = 60_000): Promise<TransactionReceipt> {
  const deadline = Date.now() + within;
  for (;;) {
    try {
      return await getTransactionReceipt(client, { hash });
    } catch (error) {
      if (!(error instanceof TransactionReceiptNotFoundError) || Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
