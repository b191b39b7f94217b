import { type Address, encodeFunctionData, type Hex } from 'viem';
import { smartSessionAbi } from '../constants/abis';

/** Calldata of SmartSession `removeSession`, to be called by the account: the permission is gone, counters stay. */
export function encodeRemoveSession(permission: Hex): Hex {
  return encodeFunctionData({ abi: smartSessionAbi, functionName: 'removeSession', args: [permission] });
}

/**
 * Calldata of SmartSession `disableActionId`: takes one function of one contract out of a permission.
 * @param action see `actionId`
 */
export function encodeDisableActionId(permission: Hex, action: Hex): Hex {
  return encodeFunctionData({
    abi: smartSessionAbi,
    functionName: 'disableActionId',
    args: [permission, action],
  });
}

/**
 * Calldata of SmartSession `disableActionPolicies`: takes policies off one action, which widens it as long as others
 * are left; the last one to go takes the action with it.
 * @param policies addresses of the policy contracts
 */
export function encodeDisableActionPolicies(permission: Hex, action: Hex, policies: readonly Address[]): Hex {
  return encodeFunctionData({
    abi: smartSessionAbi,
    functionName: 'disableActionPolicies',
    args: [permission, action, policies],
  });
}

/** Calldata of SmartSession `setPermit4337Paymaster`: without it no operation that a paymaster pays for passes. */
export function encodeSetPermit4337Paymaster(permission: Hex, enabled: boolean): Hex {
  return encodeFunctionData({
    abi: smartSessionAbi,
    functionName: 'setPermit4337Paymaster',
    args: [permission, enabled],
  });
}
