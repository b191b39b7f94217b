import { type Address, getAddress, numberToHex } from 'viem';
import { nativeTransferSelector } from '../constants/modes';
import { actionBounds } from './actionBounds';
import { type Danger, danger } from './danger';
import { emptyLedger } from './ledger';
import type { PreparedAction } from './preparedSession';
import { tokenEffect } from './tokenEffect';
import { isPinned, wordBounds } from './wordBounds';

/** What stands at an address. `delegated` is a person's account that runs a contract's code (EIP-7702). */
export type CodeAt = 'contract' | 'delegated' | 'none' | 'unread';

/** What the caller read from the chain and from source registries. */
export type ChainFacts = {
  codeAt: (address: Address) => CodeAt;
  /** Whether the source of a contract is published and matches; null where nobody was asked. */
  isVerified?: (address: Address) => boolean | null;
};

/** Addresses whose code an action's dangers depend on: its target and the spender that it fixes. */
export function addressesToRead(action: PreparedAction): readonly Address[] {
  const spender = fixedSpender(action);
  return spender === null ? [action.target] : [action.target, spender];
}

/** Dangers of what stands at an action's target and at the spender that it fixes. */
export function chainDangers(action: PreparedAction, facts: ChainFacts): readonly Danger[] {
  const spender = fixedSpender(action);
  const isTransfer = action.selector.toLowerCase() === nativeTransferSelector;
  return [
    ...(isTransfer ? [] : codeDangers(action.target, facts)),
    ...(spender === null ? [] : spenderDangers(spender, facts)),
  ];
}

function codeDangers(target: Address, { codeAt, isVerified }: ChainFacts): readonly Danger[] {
  switch (codeAt(target)) {
    case 'none':
      return [
        danger(
          'NO_CODE',
          'danger',
          'There is no contract at this address: a call does nothing but send coin.',
        ),
      ];
    case 'delegated':
      return [danger('NO_CODE', 'danger', "This is a person's account, not a contract of its own.")];
    case 'unread':
      return [danger('CODE_UNREAD', 'notice', 'It could not be read whether there is a contract.')];
    case 'contract':
      if (isVerified?.(target) !== false) return [];
      return [danger('UNVERIFIED_CODE', 'warning', 'The source of this contract is not published.')];
  }
}

function spenderDangers(spender: Address, { codeAt }: ChainFacts): readonly Danger[] {
  const code = codeAt(spender);
  if (code === 'contract') return [];
  if (code === 'unread') {
    return [danger('CODE_UNREAD', 'notice', 'It could not be read whether the spender is a contract.')];
  }
  return [
    danger(
      'SPENDER_WITHOUT_CODE',
      'danger',
      'The spender is no contract: whoever owns that address can take the tokens.',
    ),
  ];
}

function fixedSpender(action: PreparedAction): Address | null {
  const effect = tokenEffect(action.selector);
  const { universal } = actionBounds(action, emptyLedger, 0);
  if (effect === null || effect.kind === 'transfer' || universal === null) return null;
  const word = wordBounds(universal, effect.counterparty);
  if (!isPinned(word) || word.min.value >= 2n ** 160n) return null;
  return getAddress(numberToHex(word.min.value, { size: 20 }));
}
