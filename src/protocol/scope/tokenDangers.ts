import { selectors } from '../constants/selectors';
import type { ActionBounds } from './actionBounds';
import { type Bound, lowest, readable } from './bound';
import { type Danger, danger } from './danger';
import type { PreparedAction } from './preparedSession';
import { type TokenEffect, tokenEffect } from './tokenEffect';
import { isPinned, wordBounds } from './wordBounds';

/** Dangers of a function that moves or approves tokens. */
export function tokenDangers({ selector }: PreparedAction, bounds: ActionBounds): readonly Danger[] {
  const effect = tokenEffect(selector);
  if (effect === null) return [];
  if (effect.kind === 'operatorApproval') {
    return [danger('OPERATOR_APPROVAL', 'danger', 'Hands over every token of this collection, for good.')];
  }
  const outlives = danger(
    'ALLOWANCE_OUTLIVES_SESSION',
    'warning',
    'An approval stays after the permission ends.',
  );
  return [
    ...amountDangers(effect, bounds),
    ...(hasFixedCounterparty(effect, bounds) ? [] : [anyCounterparty(effect)]),
    ...(effect.kind === 'approval' ? [outlives] : []),
    ...(selector.toLowerCase() === selectors.approve ? zeroApproval(effect, bounds) : []),
  ];
}

function amountDangers({ amount }: TokenEffect, bounds: ActionBounds): readonly Danger[] {
  if (amount === 'one') return [];
  if (amount === 'all' || unlimitedPerCall(amount, bounds) === 'unlimited') {
    const text = 'Unlimited: the whole balance of the token can be taken.';
    return [danger('UNLIMITED_AMOUNT', 'danger', text)];
  }
  if (readable(lowest([bounds.spent, bounds.words(amount)]).most) !== 'unlimited') return [];
  return [danger('NO_TOTAL', 'warning', 'Each call is limited, but not how much all calls take together.')];
}

function unlimitedPerCall(amount: bigint, { spent, wordPerCall }: ActionBounds): Bound {
  return readable(lowest([spent, wordPerCall(amount)]).most);
}

function hasFixedCounterparty({ counterparty }: TokenEffect, { universal }: ActionBounds): boolean {
  return universal !== null && isPinned(wordBounds(universal, counterparty));
}

function anyCounterparty({ kind }: TokenEffect): Danger {
  return kind === 'approval'
    ? danger('ANY_SPENDER', 'danger', 'Any contract or person can be made a spender.')
    : danger('ANY_RECIPIENT', 'notice', 'The tokens can go to anybody.');
}

/** Some tokens change an allowance only by way of zero. */
function zeroApproval({ amount }: TokenEffect, { universal }: ActionBounds): readonly Danger[] {
  if (universal === null || typeof amount !== 'bigint') return [];
  if (wordBounds(universal, amount).min.value === 0n) return [];
  const text = 'An approval of zero is not allowed, which some tokens need before a new approval.';
  return [danger('NEEDS_ZERO_APPROVAL', 'notice', text)];
}
