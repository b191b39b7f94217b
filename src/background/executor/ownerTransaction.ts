import { type Hex, keccak256 } from 'viem';
import type { Call } from '../../protocol/actions/call';
import type { OwnerPlan, OwnerTransaction } from '../../storage/records';
import type { Chain, Chains } from '../chain/chains';
import { type Clock, createBackOff } from '../journal/clock';
import { type OwnerAdapter, signTransactionAsOwner } from '../owner/owner';
import { ownerTransactionFailed, ownerTransactionLost } from './refusals';

/** Blocks that a node wants on top of the transaction, the block that holds it counted. */
const neededConfirmations = 2n;
const minTip = 1n;

/** What a transaction is worth at most: the base fee may double before it is mined. */
const feesOn = async (chain: Chain) => {
  const [{ baseFee }, advised] = await Promise.all([chain.block(), chain.priorityFee()]);
  const tip = advised > 0n ? advised : minTip;
  return { maxFeePerGas: 2n * baseFee + tip, maxPriorityFeePerGas: tip };
};

/** A call as the owner's own transaction: signed, not sent. */
export const createOwnerTransactions = (parts: { chains: Chains; owner: OwnerAdapter; clock: Clock }) => {
  const { chains, owner, clock } = parts;

  const offer = async (chain: Chain, raw: Hex): Promise<void> => {
    await chain.send(raw).catch(() => undefined);
  };

  return {
    sign: async (
      { to, value, data }: Call,
      { chainId, from }: { chainId: number; from: OwnerPlan['owner'] },
    ): Promise<OwnerTransaction> => {
      const chain = await chains.on(chainId);
      const [nonce, gas, fees] = await Promise.all([
        chain.transactionCount(from),
        chain.estimateGas({ from, to, value, data }),
        feesOn(chain),
      ]);
      const transaction = { chainId, nonce, to, value, data, gas: gas + gas / 4n };
      const raw = await signTransactionAsOwner(owner, from, { ...transaction, ...fees });
      return { chainId, nonce, hash: keccak256(raw), raw };
    },
    /** Hands the very bytes that were stored to the chain, which takes them once. */
    offer: async ({ chainId, raw }: OwnerTransaction): Promise<void> => offer(await chains.on(chainId), raw),
    /**
     * Has the very bytes that were stored on chain, offering them again until they are: the nonce lets them in once.
     * @param until unix seconds
     * @throws RpcError OWNER_TRANSACTION_FAILED, OWNER_TRANSACTION_LOST
     */
    settle: async ({ chainId, hash, raw }: OwnerTransaction, until: number): Promise<void> => {
      const chain = await chains.on(chainId);
      const pause = createBackOff(500, 4_000);
      for (;;) {
        const mined = await chain.mined(hash).catch(() => undefined);
        if (mined && !mined.success) throw ownerTransactionFailed(chainId, hash);
        if (mined && mined.confirmations >= neededConfirmations) return;
        if (clock.now() >= until) throw ownerTransactionLost(chainId, hash);
        if (!mined) await offer(chain, raw);
        await clock.sleep(pause());
      }
    },
  };
};

export type OwnerTransactions = ReturnType<typeof createOwnerTransactions>;
