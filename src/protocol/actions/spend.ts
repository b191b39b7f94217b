import { type Address, getAddress, type Hex, numberToHex, size } from 'viem';
import { selectors } from '../constants/selectors';
import { wordAt } from '../word';

/**
 * An ERC-20 call that moves or approves tokens. `counterparty` is who receives or may spend;
 * `from` is the payer of a transferFrom.
 */
export type Spend = {
  kind: 'transfer' | 'transferFrom' | 'approve' | 'increaseAllowance';
  from: Address | null;
  counterparty: Address;
  amount: bigint;
};

const kinds = new Map<string, Spend['kind']>([
  [selectors.transfer, 'transfer'],
  [selectors.transferFrom, 'transferFrom'],
  [selectors.approve, 'approve'],
  [selectors.increaseAllowance, 'increaseAllowance'],
]);

/** What kind of token spend a selector stands for, or null. */
export function spendKind(selector: Hex): Spend['kind'] | null {
  return kinds.get(selector.toLowerCase()) ?? null;
}

/**
 * Reads a token spend as a contract does: trailing bytes are ignored, an address with dirty upper bytes or missing
 * bytes make the call revert. Null for anything that is not a readable spend.
 */
export function readSpend(data: Hex): Spend | null {
  if (size(data) < 4) return null;
  const kind = spendKind(`0x${data.slice(2, 10)}`);
  if (kind === null) return null;
  const addressCount = kind === 'transferFrom' ? 2 : 1;
  const first = addressAt(data, 4n);
  const last = addressAt(data, 4n + 32n * BigInt(addressCount - 1));
  const amount = wordAt(data, 4n + 32n * BigInt(addressCount));
  if (first === null || last === null || amount === null) return null;
  return { kind, from: kind === 'transferFrom' ? first : null, counterparty: last, amount };
}

function addressAt(data: Hex, offset: bigint): Address | null {
  const word = wordAt(data, offset);
  return word === null || word >= 2n ** 160n ? null : getAddress(numberToHex(word, { size: 20 }));
}
