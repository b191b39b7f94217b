import { hexToBigInt, size } from 'viem';
import { hasCleanArguments } from '../actions/cleanArguments';
import { escalationReason } from '../actions/escalation';
import { nativeTransferSelector } from '../constants/modes';
import type { UniversalRule } from '../policies/policy';
import { toWord, wordAt } from '../word';
import { moduleSelectors } from './chainSelectors';
import type { AskedAction } from './checkCall';
import type { Denial } from './denial';
import { type CallOutcome, callDenial, type PlacedCall } from './placedCall';
import type { PreparedAction } from './preparedSession';
import { dappShare } from './sharedFee';

const addressSpace = 2n ** 160n;

/**
 * Reasons to refuse a call that the chain alone would not see: what no grant may give, whatever was enabled.
 * The counters are those that the chain doesn't keep.
 */
export function stricterCheck(placed: PlacedCall, asked: AskedAction | null): CallOutcome {
  const found = [escalation(placed), nativeWithData(placed), unreadableArguments(placed)];
  if (asked === null) return { denials: found.filter((denial) => denial !== null), counters: {} };
  found.push(throughFallback(placed, asked), feeBudgetOnly(placed, asked.action));
  found.push(...hiddenAddresses(placed, asked.action));
  const { denials, counters } = dappShare(placed, asked.action);
  return { denials: [...found.filter((denial) => denial !== null), ...denials], counters };
}

function escalation(placed: PlacedCall): Denial | null {
  const { grant, call, selector } = placed;
  const target = escalationReason(call.to, grant.account, [grant.session.sessionValidator]);
  const reason = target ?? (moduleSelectors.includes(selector) ? 'a function that changes modules' : null);
  if (reason === null) return null;
  return callDenial(placed, 'ESCALATION_TARGET', null, {
    expected: 'a contract outside the account',
    got: `${reason} (${call.to})`,
    message: `A permission never allows a call of ${reason}.`,
  });
}

function nativeWithData(placed: PlacedCall): Denial | null {
  const length = size(placed.call.data);
  if (placed.selector !== nativeTransferSelector || length === 0) return null;
  return callDenial(placed, 'NATIVE_TRANSFER_CARRIES_DATA', null, {
    expected: 'no calldata',
    got: `${length} bytes`,
    message: 'A plain transfer of native coin may not carry calldata.',
  });
}

function unreadableArguments(placed: PlacedCall): Denial | null {
  if (hasCleanArguments(placed.call.data)) return null;
  return callDenial(placed, 'ARGUMENTS_UNREADABLE', null, {
    expected: 'whole arguments with clean addresses',
    got: placed.call.data.slice(0, 202),
    message: 'The arguments of this token call are cut short or carry hidden bytes.',
  });
}

function throughFallback(placed: PlacedCall, { isFallback }: AskedAction): Denial | null {
  if (!isFallback) return null;
  return callDenial(placed, 'FALLBACK_ACTION', null, {
    expected: 'a function that the permission names',
    got: `${placed.selector} on ${placed.call.to}, by the permission for every contract`,
    message: 'The permission does not name this function of this contract.',
  });
}

function feeBudgetOnly(placed: PlacedCall, { indexes }: PreparedAction): Denial | null {
  const { feeBudgetIndex } = placed.grant;
  if (feeBudgetIndex === null || !indexes.includes(feeBudgetIndex)) return null;
  return callDenial(placed, 'FEE_BUDGET_ONLY', null, {
    expected: 'no use of the fee budget',
    got: `${placed.selector} on ${placed.call.to}`,
    message: 'This transfer is granted for network fees only.',
  });
}

/** A contract that reads an address drops the upper bytes: "not this address" would then let it through. */
function hiddenAddresses(placed: PlacedCall, { policies }: PreparedAction): readonly Denial[] {
  return policies.flatMap(({ policy }) =>
    policy?.type === 'universal' ? policy.rules.flatMap((rule, index) => hidden(placed, rule, index)) : [],
  );
}

function hidden(placed: PlacedCall, rule: UniversalRule, index: number): readonly Denial[] {
  if (rule.condition !== 'notEqual') return [];
  const word = wordAt(placed.call.data, 4n + rule.calldataOffset);
  const reference = hexToBigInt(rule.comparisonValue);
  if (word === null || word === reference || word % addressSpace !== reference) return [];
  const denial = callDenial(placed, 'RULE_DIRTY_WORD', null, {
    expected: `an argument other than ${rule.comparisonValue}`,
    got: toWord(word),
    message: 'An argument hides a forbidden address behind extra bytes.',
  });
  return [{ ...denial, policy: 'universal', rule: index }];
}
