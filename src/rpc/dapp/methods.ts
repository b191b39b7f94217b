import type { Address } from 'viem';
import {
  checkEnabledPermissionsParamsSchema,
  getRequestParamsSchema,
  getUsageParamsSchema,
  isPermissionEnabledParamsSchema,
  noParamsSchema,
  revokeParamsSchema,
} from './grantParams';
import { prepareParamsSchema } from './prepareParams';
import type {
  CheckCallsResult,
  EnabledPermissions,
  GrantSummary,
  PrepareResult,
  RequestStatus,
  RevokeResult,
  UsageResult,
  UseResult,
} from './results';
import { checkCallsParamsSchema, useParamsSchema } from './useParams';

export type {
  CheckCallsResult,
  EnabledPermissions,
  GrantSummary,
  PrepareResult,
  RequestState,
  RequestStatus,
  RevokeResult,
  TransactionReference,
  UsageResult,
  UseResult,
} from './results';

/** The methods that a page may call, each with the schema of its params. Anything else is refused with 4200. */
export const dappMethods = {
  eth_requestAccounts: noParamsSchema,
  eth_accounts: noParamsSchema,
  latchkey_getInfo: noParamsSchema,
  latchkey_prepare: prepareParamsSchema,
  latchkey_use: useParamsSchema,
  latchkey_revoke: revokeParamsSchema,
  latchkey_checkCalls: checkCallsParamsSchema,
  latchkey_getRequest: getRequestParamsSchema,
  latchkey_getPermissions: noParamsSchema,
  latchkey_getUsage: getUsageParamsSchema,
  latchkey_isPermissionEnabled: isPermissionEnabledParamsSchema,
  latchkey_checkEnabledPermissions: checkEnabledPermissionsParamsSchema,
} as const;

export type DappMethod = keyof typeof dappMethods;

export type DappResults = {
  eth_requestAccounts: readonly Address[];
  eth_accounts: readonly Address[];
  latchkey_getInfo: { version: string; chains: readonly { chainId: number; name: string }[] };
  latchkey_prepare: PrepareResult;
  latchkey_use: UseResult;
  latchkey_revoke: RevokeResult;
  latchkey_checkCalls: CheckCallsResult;
  latchkey_getRequest: RequestStatus;
  latchkey_getPermissions: readonly GrantSummary[];
  latchkey_getUsage: UsageResult;
  latchkey_isPermissionEnabled: boolean;
  latchkey_checkEnabledPermissions: EnabledPermissions;
};
