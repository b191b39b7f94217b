import { type Address, concatHex, type Hex, numberToHex } from 'viem';

/** An ERC-4337 v0.7 user operation with its gas fields apart and without a signature. Gas in units, fees in wei. */
export type UserOp = {
  sender: Address;
  nonce: bigint;
  initCode: Hex;
  callData: Hex;
  callGasLimit: bigint;
  verificationGasLimit: bigint;
  maxFeePerGas: bigint;
  maxPriorityFeePerGas: bigint;
  paymasterAndData: Hex;
  preVerificationGas: bigint;
};

/** The operation as EntryPoint v0.7 takes it (`PackedUserOperation`). */
export type PackedUserOp = {
  sender: Address;
  nonce: bigint;
  initCode: Hex;
  callData: Hex;
  accountGasLimits: Hex;
  preVerificationGas: bigint;
  gasFees: Hex;
  paymasterAndData: Hex;
  signature: Hex;
};

const pair = (high: bigint, low: bigint): Hex =>
  concatHex([numberToHex(high, { size: 16 }), numberToHex(low, { size: 16 })]);

/** Packs the gas fields two to a word, as `PackedUserOperation` of EntryPoint v0.7 has them. */
export function packUserOp(userOp: UserOp, signature: Hex): PackedUserOp {
  return {
    sender: userOp.sender,
    nonce: userOp.nonce,
    initCode: userOp.initCode,
    callData: userOp.callData,
    accountGasLimits: pair(userOp.verificationGasLimit, userOp.callGasLimit),
    preVerificationGas: userOp.preVerificationGas,
    gasFees: pair(userOp.maxPriorityFeePerGas, userOp.maxFeePerGas),
    paymasterAndData: userOp.paymasterAndData,
    signature,
  };
}

/** The operation as JSON has it: amounts as decimal text. */
export function wireUserOp(userOp: UserOp) {
  return {
    sender: userOp.sender,
    nonce: userOp.nonce.toString(),
    initCode: userOp.initCode,
    callData: userOp.callData,
    callGasLimit: userOp.callGasLimit.toString(),
    verificationGasLimit: userOp.verificationGasLimit.toString(),
    maxPriorityFeePerGas: userOp.maxPriorityFeePerGas.toString(),
    maxFeePerGas: userOp.maxFeePerGas.toString(),
    paymasterAndData: userOp.paymasterAndData,
    preVerificationGas: userOp.preVerificationGas.toString(),
  };
}

/** Most gas that the operation's own limits allow (units). */
export function maxGasOf(userOp: UserOp): bigint {
  return userOp.callGasLimit + userOp.verificationGasLimit + userOp.preVerificationGas;
}
