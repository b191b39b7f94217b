import { concat, encodeAbiParameters, type Hex, keccak256 } from 'viem';

export interface Tree {
  root: Hex;
  proofs: Hex[][];
}

/** A Merkle tree of sorted pairs; an odd node goes up as it is. `proofs` are in the order of the leaves. */
export function merkleTree(leaves: readonly Hex[]): Tree {
  const proofs: Hex[][] = leaves.map(() => []);
  let level = leaves.map((hash, index) => ({ hash, below: [index] }));
  while (level.length > 1) {
    const above: typeof level = [];
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i], level[i + 1]];
      if (left === undefined) continue;
      if (right !== undefined) {
        for (const index of left.below) proofs[index]?.push(right.hash);
        for (const index of right.below) proofs[index]?.push(left.hash);
      }
      above.push(
        right === undefined
          ? left
          : { hash: parent(left.hash, right.hash), below: [...left.below, ...right.below] },
      );
    }
    level = above;
  }
  return { root: level[0]?.hash ?? '0x', proofs };
}

function parent(a: Hex, b: Hex): Hex {
  return keccak256(BigInt(a) < BigInt(b) ? concat([a, b]) : concat([b, a]));
}

/** The leaf of a user operation with time bounds, hashed twice. */
export function boundedLeaf(userOpHash: Hex, lower: bigint, upper: bigint): Hex {
  const types = [{ type: 'bytes32' }, { type: 'uint256' }, { type: 'uint256' }] as const;
  return keccak256(keccak256(encodeAbiParameters(types, [userOpHash, lower, upper])));
}

/** 0x177eee00 ‖ ABI(root, lower, upper, proof, signature): the owner's form. */
export function ownerSignature(root: Hex, lower: bigint, upper: bigint, proof: Hex[], signature: Hex): Hex {
  const types = [
    { type: 'bytes32' },
    { type: 'uint48' },
    { type: 'uint48' },
    { type: 'bytes32[]' },
    { type: 'bytes' },
  ] as const;
  const bounds = [Number(lower), Number(upper)] as const;
  return concat(['0x177eee00', encodeAbiParameters(types, [root, ...bounds, proof, signature])]);
}

/** 0x177eee00 ‖ ABI(root, proof, signature): the session key's form, with bare hashes as leaves. */
export function sessionSignature(root: Hex, proof: Hex[], signature: Hex): Hex {
  const types = [{ type: 'bytes32' }, { type: 'bytes32[]' }, { type: 'bytes' }] as const;
  return concat(['0x177eee00', encodeAbiParameters(types, [root, proof, signature])]);
}
