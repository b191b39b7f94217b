import fc from 'fast-check';
import * as v from 'valibot';
import { concatHex, type Hex, keccak256, numberToHex } from 'viem';
import { describe, expect, it } from 'vitest';
import { meeUserOpHash, userOpHash } from './hash';
import vectors from './mee.vectors.json';
import { superTransactionProof, superTransactionRoot, superTransactionRoots } from './merkle';
import { addressSchema, bytesSchema } from './wire';

const asHex = (text: string): Hex => v.parse(bytesSchema, text);

describe('operation hashes', () => {
  it('are the known ones', () => {
    const { input, expected } = vectors['hash/userOpHash'];
    const userOp = {
      ...input.userOp,
      sender: v.parse(addressSchema, input.userOp.sender),
      initCode: asHex(input.userOp.initCode),
      callData: asHex(input.userOp.callData),
      paymasterAndData: asHex(input.userOp.paymasterAndData),
    };
    expect(userOpHash(userOp, BigInt(input.chainId))).toBe(expected);
    const leaf = vectors['hash/meeUserOpHash'];
    expect(
      meeUserOpHash(asHex(leaf.input.userOpHash), BigInt(leaf.input.lower), BigInt(leaf.input.upper)),
    ).toBe(leaf.expected);
  });
});

const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => keccak256(numberToHex(index, { size: 32 })));

describe('root', () => {
  const leaf = fc.bigInt(0n, 2n ** 256n - 1n).map((value) => numberToHex(value, { size: 32 }));
  const leaves = fc.uniqueArray(leaf, { minLength: 1, maxLength: 20 });

  it.each([
    [1, '0x290decd9548b62a8d60345a988386fc84ba6bc95484008f6362f93160ef3e563'],
    [2, '0x891370df4fadf33f50e41f7c8a791e680c0655695ea3404385a909c8f5e13fb4'],
    [3, '0xb007b2401335d84a33963170c232d17fc12fb663e82aa8d77d61d3216dfd94fc'],
    [5, '0x8a01c0343cfdb8be8745fce4ae582e6a2024b56c854b4c619bb7f4cf0c4fde8c'],
    [8, '0xa6eaeea7c494f3ce056adfaec14130ce3c8ea381508ec5001e55998679cc1a47'],
    [13, '0x77ea8665741f52b9bb9ee319e1adfca281532092889fbd74e6ebdc06cfe98c81'],
  ])('of %i numbered leaves is that of OpenZeppelin SimpleMerkleTree with sorted leaves', (count, root) => {
    expect(superTransactionRoot(numbered(count))).toBe(root);
  });

  it('has the proofs of SimpleMerkleTree', () => {
    const list = numbered(5);
    expect(superTransactionProof(list, list[0] ?? '0x')).toEqual([
      '0x405787fa12a823e0f2b7631cc41b3ba8828b3321ca811111fa75cd3aa3bb5ace',
      '0xc2575a0e9e593c00f959f8c92f12db2869c3395a3b0502d05e2516446f71f85b',
      '0xb4ac32458d01ec09d972c820893c530c5aca86752a8c02e2499f60b968613ded',
    ]);
  });

  it('of two known leaves is the known one', () => {
    const full = vectors['det/simple full (MEE K1 validator <2.2.1)'].expected;
    expect(superTransactionRoot(full.leaves.map(asHex))).toBe(full.root);
    const short = vectors['det/session USE short (leaves are raw userOpHashes)'];
    expect(superTransactionRoot(short.input.userOpHashes.map(asHex))).toBe(short.expected.root);
  });

  it('of one leaf is that leaf, with an empty proof', () => {
    const only = numberToHex(7n, { size: 32 });
    expect(superTransactionRoot([only])).toBe(only);
    expect(superTransactionProof([only], only)).toEqual([]);
  });

  it('is accepted in pairwise form too, and only over the same leaves', () => {
    const { input, expected } = vectors['hash/merkle 3 leaves'];
    const list = input.leaves.map(asHex);
    expect(superTransactionRoots(list)).toContain(expected.root);
    expect(superTransactionRoots(list.slice(0, 2))).not.toContain(expected.root);
    expect(superTransactionRoots([...list, keccak256('0x')])).not.toContain(expected.root);
  });

  it('verifies with every proof by hashing sorted pairs', () => {
    fc.assert(
      fc.property(leaves, (list) => {
        const root = superTransactionRoot(list);
        for (const one of list) {
          const reached = superTransactionProof(list, one).reduce<Hex>(
            (node, sibling) => keccak256(concatHex(node < sibling ? [node, sibling] : [sibling, node])),
            one,
          );
          expect(reached).toBe(root);
        }
      }),
      { numRuns: 200 },
    );
  });
});
