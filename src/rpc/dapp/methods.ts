import type { Address, Hex } from 'viem';
import {
  getRequestParamsSchema,
  isPermissionEnabledParamsSchema,
  noParamsSchema,
  prepareParamsSchema,
  useParamsSchema,
} from './schema';

/** The methods that a page may call, each with the schema of its params. Anything else is refused with 4200. */
export const dappMethods = {
  eth_requestAccounts: noParamsSchema,
  eth_accounts: noParamsSchema,
  latchkey_getInfo: noParamsSchema,
  latchkey_prepare: prepareParamsSchema,
  latchkey_use: useParamsSchema,
  latchkey_getRequest: getRequestParamsSchema,
  latchkey_getPermissions: noParamsSchema,
  latchkey_isPermissionEnabled: isPermissionEnabledParamsSchema,
} as const;

export type DappMethod = keyof typeof dappMethods;

/** Where a request stands. The last four end it. */
export type RequestState =
  | 'received'
  | 'awaitingReview'
  | 'approved'
  | 'quoted'
  | 'signed'
  | 'submitted'
  | 'mined'
  | 'confirmed'
  | 'failed'
  | 'rejected'
  | 'expired';

/** A transaction that carried a part of a supertransaction. */
export type TransactionReference = { chainId: number; transactionHash: Hex };

/** Answer of `latchkey_prepare`, given when the permission is enabled on every chain that it names. */
export type PrepareResult = {
  requestId: string;
  grantId: string;
  account: Address;
  /** Hash of the supertransaction. */
  hash: Hex;
  permissions: readonly { chainId: number; permissionId: Hex }[];
  transactions: readonly TransactionReference[];
};

/** Answer of `latchkey_use`, given when every call is mined and succeeded. */
export type UseResult = {
  requestId: string;
  grantId: string;
  hash: Hex;
  transactions: readonly TransactionReference[];
};

export type RequestStatus = {
  requestId: string;
  kind: 'connect' | 'prepare' | 'use';
  state: RequestState;
  hash?: Hex;
  result?: PrepareResult | UseResult;
  error?: { code: number; message: string; data?: unknown };
};

/** A grant of this origin, as the page may know it: no key, no other origin's data. */
export type GrantSummary = {
  grantId: string;
  account: Address;
  redeemer: Address;
  state: 'enabling' | 'enabled' | 'failed';
  feeToken: { address: Address; chainId: number };
  permissions: readonly {
    chainId: number;
    permissionId: Hex;
    actions: readonly {
      actionTarget: Address;
      actionTargetSelector: Hex;
      actionPolicies: readonly { policy: Address; initData: Hex }[];
    }[];
  }[];
};

export type DappResults = {
  eth_requestAccounts: readonly Address[];
  eth_accounts: readonly Address[];
  latchkey_getInfo: { version: string; chains: readonly { chainId: number; name: string }[] };
  latchkey_prepare: PrepareResult;
  latchkey_use: UseResult;
  latchkey_getRequest: RequestStatus;
  latchkey_getPermissions: readonly GrantSummary[];
  latchkey_isPermissionEnabled: boolean;
};
