import { keccak256 } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import type { Chain, Chains } from '../chain/chains';
import type { MinedTransaction } from '../chain/transactionReads';
import type { OwnerAdapter } from '../owner/owner';
import { type OwnTransaction, transactionDigest } from '../owner/transaction';
import { counter } from '../testing/records';
import { createOwnerTransactions } from './ownerTransaction';

const owner = privateKeyToAccount(`0x${'11'.repeat(32)}`);
const adapter = {
  address: async () => owner.address,
  signTransaction: (transaction: OwnTransaction) => owner.sign({ hash: transactionDigest(transaction) }),
} as unknown as OwnerAdapter;

/** A chain that says of a transaction what the list says, one answer per question. */
const stage = (answers: (MinedTransaction | undefined | Error)[]) => {
  const sent: string[] = [];
  let seconds = 1_000;
  const chain = {
    transactionCount: async () => 7,
    estimateGas: async () => 40_000n,
    block: async () => ({ number: 1n, timestamp: 1, baseFee: 10n }),
    priorityFee: async () => 0n,
    send: async (raw: string) => {
      sent.push(raw);
      if (sent.length === 1) throw new TypeError('connection lost');
      return '0x';
    },
    mined: async () => {
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
  } as unknown as Chain;
  const chains: Chains = { on: async () => chain, all: async () => [chain] };
  const clock = {
    now: () => seconds,
    sleep: async () => {
      seconds += 10;
    },
  };
  return { sent, ...createOwnerTransactions({ chains, owner: adapter, clock }) };
};

const call = { to: counter, value: 3n, data: '0x1234' } as const;
const place = { chainId: 10, from: owner.address };

describe("a transaction of the owner's own", () => {
  it('is signed with the counted nonce and known by its hash before it is sent', async () => {
    const { sign, sent } = stage([]);
    const signed = await sign(call, place);
    expect(signed).toMatchObject({ chainId: 10, nonce: 7, hash: keccak256(signed.raw) });
    expect(sent).toEqual([]);
  });

  it('is offered again, the same bytes, until two blocks hold it', async () => {
    const { sign, settle, sent } = stage([
      undefined,
      new TypeError('no answer'),
      undefined,
      { success: true, confirmations: 1n },
      { success: true, confirmations: 2n },
    ]);
    const signed = await sign(call, place);
    await settle(signed, 2_000);
    expect(sent).toEqual([signed.raw, signed.raw, signed.raw]);
  });

  it('that failed, or is late, ends the request with a reason', async () => {
    const failed = stage([{ success: false, confirmations: 1n }]);
    await expect(failed.settle(await failed.sign(call, place), 2_000)).rejects.toMatchObject({
      data: { reason: 'OWNER_TRANSACTION_FAILED' },
    });
    const late = stage([]);
    await expect(late.settle(await late.sign(call, place), 1_015)).rejects.toMatchObject({
      data: { reason: 'OWNER_TRANSACTION_LATE' },
    });
    expect(late.sent.length).toBeGreaterThan(0);
  });
});
