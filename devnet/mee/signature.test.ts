import type { Hex } from 'viem';
import { describe, expect, it } from 'vitest';
import { meeUserOpHash } from '../../src/protocol/mee/hash';
import { superTransactionRoot } from '../../src/protocol/mee/merkle';
import { readClientSignature } from './clientSignature';
import { type Carrier, packOpSignature } from './signature';
import vectors from './signature.vectors.json';
import type { SuperOp, Supertransaction } from './supertransaction';
import { superTxDigest, superTxItem } from './typedSuperTx';

const hex = (text: string): Hex => `0x${text.slice(2)}`;
const nobody = '0x0000000000000000000000000000000000000000';
const { lower, upper, chainId } = vectors;

const ops = vectors.userOpHashes.map(
  (text): SuperOp => ({
    chainId,
    userOp: {
      sender: nobody,
      nonce: 0n,
      initCode: '0x',
      callData: '0x',
      callGasLimit: 0n,
      verificationGasLimit: 0n,
      maxFeePerGas: 0n,
      maxPriorityFeePerGas: 0n,
      paymasterAndData: '0x',
      preVerificationGas: 0n,
    },
    lowerBoundTimestamp: lower,
    upperBoundTimestamp: upper,
    shortEncoding: false,
    retryDelay: 0,
    echo: {},
    userOpHash: hex(text),
    meeUserOpHash: meeUserOpHash(hex(text), BigInt(lower), BigInt(upper)),
  }),
);

const supertransaction = (parts: Partial<Supertransaction>): Supertransaction => ({
  hash: superTransactionRoot(ops.map((op) => op.meeUserOpHash)),
  node: nobody,
  commitment: '0x',
  paymentInfo: {},
  quoteType: 'simple',
  typed: false,
  paidBy: 'account',
  triggerChainId: chainId,
  ops,
  ...parts,
});

const packAll = (parts: Partial<Supertransaction>, carrier: Carrier): Hex[] =>
  ops.map((op) => packOpSignature(supertransaction(parts), op, carrier));

const permit = (): Carrier => {
  const signed = readClientSignature('permit', hex(vectors.permit.clientSignature));
  if (signed.carrier !== 'permit') throw new TypeError('The vector is no permit.');
  return signed;
};

describe('the signature of an operation', () => {
  it('is the owner’s under the root', () => {
    expect(supertransaction({}).hash).toBe(vectors.root);
    const carrier = { carrier: 'simple', signature: hex(vectors.simple.signature) } as const;
    expect(packAll({}, carrier)).toEqual(vectors.simple.packed);
  });

  it('is the owner’s under typed data', () => {
    expect(ops.map(superTxItem)).toEqual(vectors.typed.items);
    expect(superTxDigest(ops)).toBe(vectors.typed.digest);
    const carrier = { carrier: 'simple', signature: hex(vectors.typed.signature) } as const;
    expect(packAll({ typed: true }, carrier)).toEqual(vectors.typed.packed);
  });

  it('is a permit, which the first operation hands in', () => {
    expect(packAll({ quoteType: 'permit' }, permit())).toEqual(vectors.permit.packed);
  });

  it('is a permit that the first operation on its own chain hands in, a sponsor’s aside', () => {
    const [, without] = packAll({ quoteType: 'permit' }, permit());
    const [payment, first] = packAll({ quoteType: 'permit', paidBy: 'gasTank' }, permit());
    expect(flagOf(payment)).toBe(false);
    expect(flagOf(first)).toBe(true);
    expect(flagOf(without)).toBe(false);
    const elsewhere = packAll({ quoteType: 'permit', triggerChainId: 10 }, permit());
    expect(elsewhere.map(flagOf)).toEqual([false, false]);
  });

  it('is a transaction with a proof and bounds behind it', () => {
    const carrier = { carrier: 'onchain', rawTransaction: hex(vectors.onchain.rawTransaction) } as const;
    expect(packAll({ quoteType: 'onchain' }, carrier)).toEqual(vectors.onchain.packed);
  });
});

describe('what a client hands in', () => {
  it('names a transaction', () => {
    expect(readClientSignature('onchain', hex(vectors.onchain.clientSignature))).toEqual({
      carrier: 'onchain',
      transactionHash: vectors.onchain.transactionHash,
      chainId: 8453,
    });
  });

  it.each([
    ['simple', vectors.permit.clientSignature],
    ['permit', vectors.onchain.clientSignature],
    ['onchain', `0x177eee00${'11'.repeat(65)}`],
    ['simple', `0x177eee00${'11'.repeat(64)}`],
    ['permit', `${vectors.permit.clientSignature}00`],
  ] as const)('is refused for a quote of type %s when it is of another kind', (quoteType, signature) => {
    expect(() => readClientSignature(quoteType, hex(signature))).toThrow(`A quote of type ${quoteType}`);
  });
});

/** `isPermitTx`: the sixth word of the permit, after the prefix and the offset. */
const flagOf = (packed: Hex | undefined): boolean =>
  packed?.slice(10 + 64 * 6, 10 + 64 * 7).endsWith('1') ?? false;
