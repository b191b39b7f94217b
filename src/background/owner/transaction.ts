import { type Address, concatHex, type Hex, keccak256, numberToHex, parseSignature, toRlp } from 'viem';

/** A transaction of the owner's own (EIP-1559), complete but for its signature. Amounts in wei, gas in units. */
export type OwnTransaction = {
  chainId: number;
  nonce: number;
  to: Address;
  value: bigint;
  data: Hex;
  gas: bigint;
  maxFeePerGas: bigint;
  maxPriorityFeePerGas: bigint;
};

const type = '0x02';

/** RLP writes 0 as no bytes. */
const quantity = (value: bigint | number): Hex => (BigInt(value) === 0n ? '0x' : numberToHex(value));

const trimmed = (word: Hex): Hex => quantity(BigInt(word));

const fieldsOf = (transaction: OwnTransaction) => [
  quantity(transaction.chainId),
  quantity(transaction.nonce),
  quantity(transaction.maxPriorityFeePerGas),
  quantity(transaction.maxFeePerGas),
  quantity(transaction.gas),
  transaction.to,
  quantity(transaction.value),
  transaction.data,
  [],
];

/** What is signed for a transaction (EIP-1559): keccak256(0x02 ‖ rlp of its fields). */
export const transactionDigest = (transaction: OwnTransaction): Hex =>
  keccak256(concatHex([type, toRlp(fieldsOf(transaction))]));

/** The signed transaction as a chain takes it. @param signature 65 bytes over `transactionDigest` */
export const serializeSigned = (transaction: OwnTransaction, signature: Hex): Hex => {
  const { r, s, yParity } = parseSignature(signature);
  const fields = [...fieldsOf(transaction), quantity(yParity), trimmed(r), trimmed(s)];
  return concatHex([type, toRlp(fields)]);
};
