import { type Hex, hashTypedData } from 'viem';

/** One operation as the typed data of a supertransaction lists it; bounds in unix seconds. */
export type SuperTransactionItem = {
  userOpHash: Hex;
  lowerBoundTimestamp: bigint;
  upperBoundTimestamp: bigint;
};

const types = {
  MeeUserOp: [
    { name: 'userOpHash', type: 'bytes32' },
    { name: 'lowerBoundTimestamp', type: 'uint256' },
    { name: 'upperBoundTimestamp', type: 'uint256' },
  ],
  SuperTx: [{ name: 'meeUserOps', type: 'MeeUserOp[]' }],
} as const;

/** Only the account's EIP-712 name: chain and account are inside every operation hash already. */
const domain = { name: 'Nexus' } as const;

/** The typed data (EIP-712) that the owner signs for a simple supertransaction of MEE 2.2.1. */
export function superTransactionTypedData(items: readonly SuperTransactionItem[]) {
  return { domain, types, primaryType: 'SuperTx', message: { meeUserOps: items } } as const;
}

/** Hash of that typed data: the hash of the supertransaction. */
export function superTransactionTypedHash(items: readonly SuperTransactionItem[]): Hex {
  return hashTypedData(superTransactionTypedData(items));
}
