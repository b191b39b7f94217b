import type { Hex } from 'viem';

/** ERC-7579 `execute(bytes32,bytes)`. */
export const executeSelector: Hex = '0xe9ae5c53';

/** ERC-4337 `executeUserOp(PackedUserOperation,bytes32)`. */
export const executeUserOpSelector: Hex = '0x8dd7712f';

/** ERC-7579 `installModule(uint256,address,bytes)` and `uninstallModule(uint256,address,bytes)`. */
export const moduleSelectors: readonly Hex[] = ['0x9517e29f', '0xa71763a8'];

/** Selector, on SmartSession's fallback target, of the action asked for calls that have none of their own. */
export const fallbackSelector: Hex = '0x00000001';

/** Selector, on SmartSession's fallback target, of the action asked for calls of SmartSession itself. */
export const moduleCallSelector: Hex = '0x00000002';
