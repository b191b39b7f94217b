import { type Address, getAddress, type Hex, numberToHex, zeroAddress } from 'viem';
import { escalationReason } from '../actions/escalation';
import { nativeTransferSelector } from '../constants/modes';
import type { Sentence } from '../policies/sentence';
import { type ActionBounds, actionBounds } from './actionBounds';
import type { Asset } from './asset';
import { type Bound, type Bounded, type Limit, lowest, none, readable, unbounded } from './bound';
import { type ExposureEffect, effectSentence, opaqueSentence } from './exposureSentence';
import { remainingFeeBudget } from './feeVerdict';
import type { Grant } from './grant';
import type { Ledger } from './ledger';
import { type PreparedAction, preparedActions } from './preparedSession';
import { dappAction } from './sharedFee';
import { type TokenEffect, tokenEffect } from './tokenEffect';
import { isPinned, wordBounds } from './wordBounds';

/** One way in which a grant moves an asset. */
export type ExposureStep = {
  effect: ExposureEffect;
  asset: Asset;
  target: Address;
  selector: Hex;
  most: Bound;
  /** The limits that make the bound; none when it is unlimited. */
  limits: readonly Limit[];
  sentence: Sentence;
};

/** A function whose effect only its contract knows, and how often it can be called. */
export type OpaqueStep = { target: Address; selector: Hex; calls: Bound; sentence: Sentence };

/** Every way in which a grant moves something; what moves nothing is left out. */
export function exposureSteps(
  grant: Grant,
  ledger: Ledger,
  time: number,
): { steps: readonly ExposureStep[]; opaque: readonly OpaqueStep[] } {
  const parts = [...preparedActions(grant.session).values()].map((filed) => {
    if (isOwnBudget(grant, filed)) return { filed, bounds: null };
    const bounds = actionBounds(dappAction(grant, filed), ledger, time);
    return { filed, bounds: bounds.isDead || bounds.isOver ? null : bounds };
  });
  const live = parts.flatMap(({ filed, bounds }) => (bounds === null ? [] : [{ filed, bounds }]));
  return {
    steps: [
      ...live.flatMap(({ filed, bounds }) => [
        ...tokenSteps(grant, filed, bounds),
        ...nativeSteps(filed, bounds),
      ]),
      ...feeSteps(grant, ledger),
    ],
    opaque: live.flatMap(({ filed, bounds }) => opaqueSteps(grant, filed, bounds)),
  };
}

function isOwnBudget({ feeBudgetIndex }: Grant, { indexes }: PreparedAction): boolean {
  return feeBudgetIndex !== null && indexes.includes(feeBudgetIndex);
}

/** Whether a call goes where anything may follow from it. */
function isAnything({ account, session }: Grant, { target }: PreparedAction): boolean {
  return escalationReason(target, account, [session.sessionValidator]) !== null;
}

function tokenSteps(grant: Grant, filed: PreparedAction, bounds: ActionBounds): readonly ExposureStep[] {
  if (isAnything(grant, filed)) return stepOf('anything', 'anyToken', filed, unbounded);
  const effect = tokenEffect(filed.selector);
  if (effect === null) return [];
  return stepOf(effect.kind, assetOf(effect, filed, bounds), filed, movedBy(effect, grant, bounds));
}

function movedBy(
  { kind, amount, counterparty }: TokenEffect,
  { account }: Grant,
  bounds: ActionBounds,
): Bounded {
  const comesHome = kind === 'transfer' && pinnedWord(bounds, counterparty) === BigInt(account);
  if (comesHome || (kind === 'operatorApproval' && bounds.wordPerCall(32n).most === 0n)) return none;
  if (amount === 'all') return unbounded;
  if (amount === 'one') return bounds.calls;
  return lowest([bounds.spent, bounds.words(amount)]);
}

function assetOf({ asset }: TokenEffect, { target }: PreparedAction, bounds: ActionBounds): Asset {
  if (asset === undefined) return target;
  const word = pinnedWord(bounds, asset);
  if (word === null || word >= 2n ** 160n) return 'anyToken';
  return getAddress(numberToHex(word, { size: 20 }));
}

function pinnedWord({ universal }: ActionBounds, offset: bigint): bigint | null {
  if (universal === null) return null;
  const word = wordBounds(universal, offset);
  return isPinned(word) ? word.min.value : null;
}

function nativeSteps(filed: PreparedAction, { native }: ActionBounds): readonly ExposureStep[] {
  return stepOf('nativeCoin', 'native', filed, native);
}

function feeSteps(grant: Grant, ledger: Ledger): readonly ExposureStep[] {
  const budget = remainingFeeBudget(grant, ledger);
  if (budget === null) return [];
  const index = grant.sharedFee?.index ?? grant.feeBudgetIndex;
  const filed = [...preparedActions(grant.session).values()].find(({ indexes }) =>
    indexes.includes(index ?? -1),
  );
  if (filed === undefined) return [];
  const asset = budget.token === zeroAddress ? 'native' : budget.token;
  return stepOf('fee', asset, filed, { most: budget.remaining, limits: [] });
}

function opaqueSteps(grant: Grant, filed: PreparedAction, bounds: ActionBounds): readonly OpaqueStep[] {
  const { target, selector } = filed;
  const isKnown = tokenEffect(selector) !== null || selector.toLowerCase() === nativeTransferSelector;
  if (isKnown || isAnything(grant, filed)) return [];
  const calls = readable(bounds.calls.most);
  return [{ target, selector, calls, sentence: opaqueSentence(target, selector, calls) }];
}

function stepOf(
  effect: ExposureEffect,
  asset: Asset,
  { target, selector }: PreparedAction,
  bounded: Bounded,
): readonly ExposureStep[] {
  if (bounded.most === 0n) return [];
  const most = readable(bounded.most);
  const limits = most === 'unlimited' ? [] : bounded.limits;
  return [
    { effect, asset, target, selector, most, limits, sentence: effectSentence(effect, asset, most, limits) },
  ];
}
