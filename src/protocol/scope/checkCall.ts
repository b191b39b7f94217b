import type { Address, Hex } from 'viem';
import { sameAddress } from '../address';
import { fallbackTargetAddress, smartSessionAddress } from '../constants/addresses';
import { executeSelector, fallbackSelector, moduleCallSelector } from './chainSelectors';
import { checkPolicies } from './checkPolicies';
import type { ChainRefusal, DenialText, ScopeDenialCode } from './denial';
import type { Grant } from './grant';
import { type CallOutcome, callDenial, type PlacedCall } from './placedCall';
import { type PreparedAction, preparedAction } from './preparedSession';

/** The action that SmartSession asks for a call, and whether it is the one that stands in for every contract. */
export type AskedAction = { action: PreparedAction; isFallback: boolean };

/** The action with policies that SmartSession asks for a call, or null when it refuses for want of one. */
export function askedAction({ session }: Grant, target: Address, selector: Hex): AskedAction | null {
  if (sameAddress(target, smartSessionAddress)) return fallbackAction(session, moduleCallSelector);
  const action = preparedAction(session, target, selector);
  if (action !== null && action.policies.length > 0) return { action, isFallback: false };
  return fallbackAction(session, fallbackSelector);
}

function fallbackAction(session: Grant['session'], flag: Hex): AskedAction | null {
  const action = preparedAction(session, fallbackTargetAddress, flag);
  return action === null || action.policies.length === 0 ? null : { action, isFallback: true };
}

/** SmartSession's check of one call, exactly: forbidden targets, then every policy of the action. */
export function checkCall(placed: PlacedCall, asked: AskedAction | null): CallOutcome {
  const { grant, call, selector } = placed;
  if (selector === executeSelector && sameAddress(call.to, grant.account)) {
    return refuse(placed, 'SELF_EXECUTION', 'InvalidSelfCall', {
      expected: 'a call of another contract',
      got: 'execute on the account itself',
      message: 'The account may not be made to call itself.',
    });
  }
  if (sameAddress(call.to, fallbackTargetAddress)) {
    return refuse(placed, 'FALLBACK_TARGET', 'InvalidTarget', {
      expected: 'a contract',
      got: call.to,
      message: 'This address only marks a permission for every contract; it is never called.',
    });
  }
  if (asked !== null) return checkPolicies(placed, asked.action.policies);
  return refuse(placed, 'ACTION_NOT_GRANTED', 'NoPoliciesSet', {
    expected: 'a function that the permission names',
    got: `${selector} on ${call.to}`,
    message: 'The permission does not include this function of this contract.',
  });
}

function refuse(
  placed: PlacedCall,
  code: ScopeDenialCode,
  chainRefusal: ChainRefusal,
  text: DenialText,
): CallOutcome {
  return { denials: [callDenial(placed, code, chainRefusal, text)], counters: {} };
}
