import { type Address, decodeFunctionResult, encodeFunctionData, type Hex } from 'viem';
import type { ActionData } from '../actions/action';
import { smartSessionAbi } from '../constants/abis';
import { smartSessionAddress } from '../constants/addresses';
import { type ContractRead, contractRead } from '../contractRead';

/** A permission of an account, and the SmartSession deployment that holds it (the canonical one by default). */
export type PermissionOf = { account: Address; permissionId: Hex; smartSession?: Address };

/** Calldata of SmartSession `isPermissionEnabled` (view). */
export function encodeIsPermissionEnabled(permission: Hex, account: Address): Hex {
  return encodeFunctionData({
    abi: smartSessionAbi,
    functionName: 'isPermissionEnabled',
    args: [permission, account],
  });
}

/** SmartSession `isPermissionEnabled`. True as soon as any part of the permission is enabled. */
export function isPermissionEnabledRead(permission: PermissionOf): ContractRead<boolean> {
  const { account, permissionId, smartSession = smartSessionAddress } = permission;
  return contractRead(smartSession, encodeIsPermissionEnabled(permissionId, account), (data) =>
    decodeFunctionResult({ abi: smartSessionAbi, functionName: 'isPermissionEnabled', data }),
  );
}

/** SmartSession `getEnabledActions`: the ids of the actions that are enabled now; see `actionId`. */
export function enabledActionsRead(permission: PermissionOf): ContractRead<readonly Hex[]> {
  const { account, permissionId, smartSession = smartSessionAddress } = permission;
  const call = { abi: smartSessionAbi, functionName: 'getEnabledActions' } as const;
  return contractRead(smartSession, encodeFunctionData({ ...call, args: [account, permissionId] }), (data) =>
    decodeFunctionResult({ ...call, data }),
  );
}

/** SmartSession `areActionsEnabled`: whether every given action has every one of its policies. */
export function actionsEnabledRead(
  permission: PermissionOf,
  actions: readonly ActionData[],
): ContractRead<boolean> {
  const { account, permissionId, smartSession = smartSessionAddress } = permission;
  const call = { abi: smartSessionAbi, functionName: 'areActionsEnabled' } as const;
  return contractRead(
    smartSession,
    encodeFunctionData({ ...call, args: [account, permissionId, actions] }),
    (data) => decodeFunctionResult({ ...call, data }),
  );
}
