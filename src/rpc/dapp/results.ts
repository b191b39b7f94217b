import type { Address, Hex } from 'viem';

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

export type RequestKind = 'connect' | 'prepare' | 'use' | 'revoke';

/** A transaction that carried a part of a supertransaction. */
export type TransactionReference = { chainId: number; transactionHash: Hex };

/** Answer of `latchkey_prepare`, given when the permission is enabled on every chain that it names. */
export type PrepareResult = {
  requestId: string;
  /** Absent when no permission was asked for. */
  grantId?: string;
  account: Address;
  /** Address of the grant's session key; absent without a grant. */
  redeemer?: Address;
  /** Hash of the supertransaction; absent when nothing had to be executed. */
  hash?: Hex;
  permissions: readonly { chainId: number; permissionId: Hex }[];
  transactions: readonly TransactionReference[];
  /**
   * `executed`: a supertransaction ran. `alreadyGranted`: an enabled grant of this origin covers the request, nobody was
   * asked. `nothingToDo`: the request asks for nothing that isn't there already.
   */
  outcome: 'executed' | 'alreadyGranted' | 'nothingToDo';
};

/** Answer of `latchkey_use`, given when every call is mined and succeeded. */
export type UseResult = {
  requestId: string;
  grantId: string;
  hash: Hex;
  transactions: readonly TransactionReference[];
};

/** Answer of `latchkey_revoke`, given when the chain no longer holds what was revoked. */
export type RevokeResult = {
  requestId: string;
  grantId: string;
  /** Absent when the chain held nothing to remove. */
  hash?: Hex;
  transactions: readonly TransactionReference[];
};

export type RequestStatus = {
  requestId: string;
  kind: RequestKind;
  state: RequestState;
  hash?: Hex;
  result?: PrepareResult | UseResult | RevokeResult;
  error?: { code: number; message: string; data?: unknown };
};

/**
 * Where a grant stands. `revoking`: its key is destroyed and the chain may still hold the permission; `revoked`: the
 * chain holds it no longer.
 */
export type GrantState = 'enabling' | 'enabled' | 'failed' | 'revoking' | 'revoked';

/** Why one action of a grant can't be used: it was revoked, or never enabled. */
export type ActionState = 'enabled' | 'notEnabled' | 'revoked';

/** A grant of this origin, as the page may know it: no key, no other origin's data. */
export type GrantSummary = {
  grantId: string;
  account: Address;
  redeemer: Address;
  state: GrantState;
  /** Absent when every use is sponsored. */
  feeToken?: { address: Address; chainId: number };
  permissions: readonly {
    chainId: number;
    permissionId: Hex;
    actions: readonly {
      actionTarget: Address;
      actionTargetSelector: Hex;
      actionPolicies: readonly { policy: Address; initData: Hex }[];
      state: ActionState;
    }[];
  }[];
};

/** A counted limit as the chain has it. Amounts are hex quantities, in the unit of the limit. */
export type LimitUsage = {
  actionTarget: Address;
  actionTargetSelector: Hex;
  policy: 'universal' | 'spendingLimits' | 'usageLimit' | 'valueLimit';
  /** Index of the universal rule. */
  rule?: number;
  /** Token of the spending limit. */
  token?: Address;
  limit: Hex;
  used: Hex;
  remaining: Hex;
  /** True for what pays fees; the dapp can't use it. */
  feeBudget: boolean;
};

/** Answer of `latchkey_getUsage`, one entry per chain of the grant. */
export type UsageResult = {
  grantId: string;
  /** Unix seconds of the read. */
  readAt: number;
  permissions: readonly {
    chainId: number;
    permissionId: Hex;
    enabled: boolean;
    limits: readonly LimitUsage[];
  }[];
};

/** Answer of `latchkey_checkCalls`: what USE would answer now, with the reason when it would refuse. */
export type CheckCallsResult =
  | { allowed: true; grantId: string }
  | { allowed: false; error: { code: number; message: string; data?: unknown } };

/** Answer of `latchkey_checkEnabledPermissions`: permissionId to chain id to whether it is enabled. */
export type EnabledPermissions = Readonly<Record<string, Readonly<Record<string, boolean>>>>;
