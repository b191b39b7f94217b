import { concatHex, type Hex, keccak256 } from 'viem';

/**
 * Root of a supertransaction: OpenZeppelin `SimpleMerkleTree` over the sorted leaves, pairs hashed in sorted order.
 * One leaf is its own root.
 * @param leaves at least one 32-byte leaf
 */
export function superTransactionRoot(leaves: readonly Hex[]): Hex {
  return heapRoot([...leaves].sort(byValue));
}

/**
 * Every root that commits to exactly these leaves and that `MerkleProof.verify` accepts proofs for: complete tree
 * or pairwise levels with the odd leaf promoted, leaves sorted or in operation order.
 */
export function superTransactionRoots(leaves: readonly Hex[]): readonly Hex[] {
  const sorted = [...leaves].sort(byValue);
  return [heapRoot(sorted), heapRoot(leaves), levelRoot(leaves), levelRoot(sorted)];
}

/** Proof of one leaf in the tree of `superTransactionRoot`; empty for a single leaf. */
export function superTransactionProof(leaves: readonly Hex[], leaf: Hex): readonly Hex[] {
  const tree = heap([...leaves].sort(byValue));
  const proof: Hex[] = [];
  let index = tree.findLastIndex((node) => node.toLowerCase() === leaf.toLowerCase());
  while (index > 0) {
    const sibling = tree[index % 2 === 0 ? index - 1 : index + 1];
    if (sibling !== undefined) proof.push(sibling);
    index = Math.floor((index - 1) / 2);
  }
  return proof;
}

/** Complete binary tree as an array: root first, leaves last in reverse order. */
function heap(leaves: readonly Hex[]): Hex[] {
  const nodes: Hex[] = [...leaves];
  for (let next = 0; nodes.length < 2 * leaves.length - 1; next += 2) {
    const [right, left] = nodes.slice(next, next + 2);
    if (left !== undefined && right !== undefined) nodes.push(hashPair(left, right));
  }
  return nodes.reverse();
}

function heapRoot(leaves: readonly Hex[]): Hex {
  return heap(leaves)[0] ?? '0x';
}

function levelRoot(leaves: readonly Hex[]): Hex {
  let level = leaves;
  while (level.length > 1) level = nextLevel(level);
  return level[0] ?? '0x';
}

function nextLevel(level: readonly Hex[]): Hex[] {
  const next: Hex[] = [];
  for (let index = 0; index < level.length; index += 2) {
    const [left, right] = level.slice(index, index + 2);
    if (left !== undefined) next.push(right === undefined ? left : hashPair(left, right));
  }
  return next;
}

function hashPair(left: Hex, right: Hex): Hex {
  return keccak256(concatHex([left, right].sort(byValue)));
}

function byValue(left: Hex, right: Hex): number {
  return BigInt(left) < BigInt(right) ? -1 : 1;
}
