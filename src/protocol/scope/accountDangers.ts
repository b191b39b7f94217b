import type { Address } from 'viem';
import { sameAddress } from '../address';
import { type Danger, danger } from './danger';

/** What enabling does to the account itself, besides the session. */
export type AccountChange = {
  /** A deployed account that would get other code. */
  upgrade?: { from: string; to: string };
  /** An account that would run a contract's code (EIP-7702): what it runs now, or null, and what it would run. */
  delegation?: { current: Address | null; next: Address };
};

/** Dangers of changing the account. */
export function accountDangers({ upgrade, delegation }: AccountChange): readonly Danger[] {
  return [
    ...(upgrade === undefined ? [] : [upgradeDanger(upgrade)]),
    ...(delegation === undefined ? [] : delegationDangers(delegation)),
  ];
}

function upgradeDanger({ from, to }: { from: string; to: string }): Danger {
  return danger('ACCOUNT_UPGRADE', 'danger', `The account, now ${from}, gets the code of ${to}.`);
}

function delegationDangers({ current, next }: { current: Address | null; next: Address }): readonly Danger[] {
  const address = { kind: 'address', value: next } as const;
  if (current === null) {
    return [danger('ACCOUNT_DELEGATION', 'warning', 'Your address will run the code of ', address, '.')];
  }
  if (sameAddress(current, next)) return [];
  const old = { kind: 'address', value: current } as const;
  return [
    danger(
      'FOREIGN_DELEGATION',
      'danger',
      'Your address runs the code of ',
      old,
      ', which ',
      address,
      ' replaces.',
    ),
  ];
}
