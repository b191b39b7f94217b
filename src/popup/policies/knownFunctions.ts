import type { Hex } from 'viem';

type KnownFunction = {
  signature: string /** Bytes after the selector where the token amount lies. */;
  amountOffset: bigint;
};

/** ERC-20 functions whose amounts can be shown in the token's unit. Source: ERC-20, OpenZeppelin `increaseAllowance`. */
const tokenFunctions: Readonly<Record<Hex, KnownFunction>> = {
  '0xa9059cbb': { signature: 'transfer(address,uint256)', amountOffset: 32n },
  '0x095ea7b3': { signature: 'approve(address,uint256)', amountOffset: 32n },
  '0x39509351': { signature: 'increaseAllowance(address,uint256)', amountOffset: 32n },
  '0x23b872dd': { signature: 'transferFrom(address,address,uint256)', amountOffset: 64n },
};

/** What is known of a token function, by its selector. */
export function tokenFunction(selector: Hex): KnownFunction | undefined {
  return tokenFunctions[selector];
}

/** Stands in a SmartSession action for a transfer of native coin without calldata. */
export const nativeTransferSelector: Hex = '0xffffffff';
