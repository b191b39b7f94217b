import type { Address, Hex } from 'viem';
import { decodeNonce } from '../../protocol/account/nonce';
import type { TransactionReference } from '../../rpc/dapp/results';
import type { Submission, SubmittedOperation } from '../../storage/records';
import type { Chains } from '../chain/chains';
import { unavailable } from '../errors/rpcErrors';
import { type Clock, createBackOff } from '../journal/clock';
import type { OperationOutcome, Outcome } from './outcome';

/** Seconds for which a chain may lag behind the node. */
const lagSeconds = 120;

const notOnChain = (chainId: number) =>
  unavailable({
    reason: 'CHAIN_STATE_UNKNOWN',
    message: `The node says that it was executed, and chain ${chainId} doesn't show it.`,
    action: 'Look at the account on a block explorer before asking again.',
    details: { chainId },
  });

/** Asks the chains themselves what became of operations; the node's word is not enough. */
export const createChainEvidence = (parts: { chains: Chains; clock: Clock }) => {
  const { chains, clock } = parts;

  /** Whether an operation was included: EntryPoint counts its nonce then, whether it succeeded or not. */
  const wasIncluded = async (
    { chainId, nonce, role }: SubmittedOperation,
    account: Address,
  ): Promise<boolean> => {
    if (role === 'sponsor') return false;
    const counted = await (await chains.on(chainId)).nonce(account, decodeNonce(nonce).key);
    return counted > nonce;
  };

  const findIn = async (hashes: readonly Hex[], { chainId, userOpHash }: SubmittedOperation) => {
    const chain = await chains.on(chainId);
    for (const transactionHash of hashes) {
      const found = await chain.operation(transactionHash, userOpHash).catch(() => undefined);
      if (found) return { transactionHash, success: found.success };
    }
    return undefined;
  };

  const proveOperation = async (
    operation: SubmittedOperation,
    transactions: readonly TransactionReference[],
    deadline: number,
  ): Promise<OperationOutcome> => {
    const { chainId } = operation;
    const hashes = transactions.filter((one) => one.chainId === chainId).map((one) => one.transactionHash);
    const pause = createBackOff(300, 5_000);
    for (;;) {
      const found = await findIn(hashes, operation);
      if (found) {
        const { transactionHash, success } = found;
        return { chainId, transactionHash, status: success ? 'succeeded' : 'reverted' };
      }
      if (clock.now() >= deadline) throw notOnChain(chainId);
      await clock.sleep(pause());
    }
  };

  return {
    /**
     * What the receipts say of every operation that decides on the request.
     * @param since unix seconds of the node's word
     * @throws RpcError CHAIN_STATE_UNKNOWN when a chain doesn't show an operation in time
     */
    prove: (
      submission: Submission,
      transactions: readonly TransactionReference[],
      since: number,
    ): Promise<Outcome> =>
      Promise.all(
        submission.operations
          .filter(({ role }) => role === undefined)
          .map((operation) => proveOperation(operation, transactions, since + lagSeconds)),
      ),
    /** Which operations were included at all, for when the node says nothing. Throws when a chain can't be read. */
    included: (submission: Submission, account: Address): Promise<readonly boolean[]> =>
      Promise.all(submission.operations.map((operation) => wasIncluded(operation, account))),
  };
};

export type ChainEvidence = ReturnType<typeof createChainEvidence>;
