import type { Hex } from 'viem';
import { selectors } from '../constants/selectors';

/** What a known function does with tokens; offsets count bytes after the selector. */
export type TokenEffect = {
  /** `approval` lets the counterparty take tokens later, also when the session is over. */
  kind: 'transfer' | 'approval' | 'operatorApproval';
  /** Where the amount stands; `one` for a single token of a collection, `all` where calls have no fixed amount. */
  amount: bigint | 'one' | 'all';
  /** Who gets the tokens or may take them. */
  counterparty: bigint;
  /** Where the token's address stands; absent when it is the called contract. */
  asset?: bigint;
};

const transfer: TokenEffect = { kind: 'transfer', amount: 32n, counterparty: 0n };
const approval: TokenEffect = { kind: 'approval', amount: 32n, counterparty: 0n };
const oneToken: TokenEffect = { kind: 'transfer', amount: 'one', counterparty: 32n };

/** ERC-20, ERC-721, ERC-1155 and Permit2 functions by selector. */
const effects = new Map<string, TokenEffect>([
  [selectors.transfer, transfer],
  [selectors.transferFrom, { kind: 'transfer', amount: 64n, counterparty: 32n }],
  [selectors.approve, approval],
  [selectors.increaseAllowance, approval],
  [selectors.setApprovalForAll, { kind: 'operatorApproval', amount: 'all', counterparty: 0n }],
  [selectors.permit2Approve, { kind: 'approval', amount: 64n, counterparty: 32n, asset: 0n }],
  ['0x36c78516', { kind: 'transfer', amount: 64n, counterparty: 32n, asset: 96n }],
  ['0x42842e0e', oneToken],
  ['0xb88d4fde', oneToken],
  ['0xf242432a', { kind: 'transfer', amount: 96n, counterparty: 32n }],
  ['0x2eb2c2d6', { kind: 'transfer', amount: 'all', counterparty: 32n }],
]);

/** What a function does with tokens, or null when its selector alone doesn't tell. */
export function tokenEffect(selector: Hex): TokenEffect | null {
  return effects.get(selector.toLowerCase()) ?? null;
}
