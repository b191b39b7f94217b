import {
  type Address,
  concatHex,
  encodeAbiParameters,
  type Hex,
  keccak256,
  numberToHex,
  parseAbiParameters,
} from 'viem';
import { entryPointAddress } from '../constants/addresses';
import type { FilledUserOp } from './quoteResponse';

const packedParameters = parseAbiParameters(
  'address sender, uint256 nonce, bytes32 initCodeHash, bytes32 callDataHash, bytes32 accountGasLimits, uint256 preVerificationGas, bytes32 gasFees, bytes32 paymasterHash',
);
const hashParameters = parseAbiParameters('bytes32 packedHash, address entryPoint, uint256 chainId');
const leafParameters = parseAbiParameters('bytes32 userOpHash, uint256 lower, uint256 upper');

/** EntryPoint v0.7 `getUserOpHash`. Gas fields must fit in 128 bits. */
export function userOpHash(
  userOp: FilledUserOp,
  chainId: bigint,
  entryPoint: Address = entryPointAddress,
): Hex {
  const packed = encodeAbiParameters(packedParameters, [
    userOp.sender,
    BigInt(userOp.nonce),
    keccak256(userOp.initCode),
    keccak256(userOp.callData),
    halves(userOp.verificationGasLimit, userOp.callGasLimit),
    BigInt(userOp.preVerificationGas),
    halves(userOp.maxPriorityFeePerGas, userOp.maxFeePerGas),
    keccak256(userOp.paymasterAndData),
  ]);
  return keccak256(encodeAbiParameters(hashParameters, [keccak256(packed), entryPoint, chainId]));
}

/** Leaf of a supertransaction in the full encoding: the operation hash and its time bounds (unix seconds). */
export function meeUserOpHash(hash: Hex, lower: bigint, upper: bigint): Hex {
  return keccak256(keccak256(encodeAbiParameters(leafParameters, [hash, lower, upper])));
}

/** Two 128-bit numbers in one word. */
function halves(high: string, low: string): Hex {
  return concatHex([numberToHex(BigInt(high), { size: 16 }), numberToHex(BigInt(low), { size: 16 })]);
}
