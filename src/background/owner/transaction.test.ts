import { hexToSignature, keccak256, serializeTransaction, zeroAddress } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { describe, expect, it } from 'vitest';
import { serializeSigned, transactionDigest } from './transaction';

const owner = privateKeyToAccount(`0x${'11'.repeat(32)}`);
const transaction = {
  ...{ chainId: 8453, nonce: 0, to: zeroAddress, value: 0n, data: '0x' as const },
  ...{ gas: 21_000n, maxFeePerGas: 0n, maxPriorityFeePerGas: 0n },
};

describe("the owner's transaction", () => {
  it.each([
    transaction,
    { ...transaction, nonce: 7, value: 10n ** 18n, data: `0x${'ab'.repeat(300)}` as const },
    { ...transaction, chainId: 1, nonce: 255, maxFeePerGas: 3n, maxPriorityFeePerGas: 2n },
  ])('has the bytes that every client gives it: %o', async (one) => {
    const unsigned = { ...one, type: 'eip1559' } as const;
    expect(transactionDigest(one)).toBe(keccak256(serializeTransaction(unsigned)));
    const signature = await owner.sign({ hash: transactionDigest(one) });
    expect(serializeSigned(one, signature)).toBe(serializeTransaction(unsigned, hexToSignature(signature)));
  });
});
