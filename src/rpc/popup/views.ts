import type { Address, Hex } from 'viem';
import type {
  GrantState,
  LimitUsage,
  RequestKind,
  RequestState,
  TransactionReference,
} from '../dapp/results';
import type { SerializedRpcError } from '../errors';
import type { Review } from './review';
import type { ReviewedExposure, ReviewedPermission, TokenAmount } from './reviewParts';

export type PopupState = {
  vault: 'none' | 'locked' | 'unlocked';
  /** The person's own words, shown in every window: a window without them is a look-alike. */
  mark: string;
  /** Known once the vault is unlocked. */
  owner?: Address;
  account?: Address;
  /** Reviews that wait, oldest first; empty while locked except for their count in `waiting`. */
  reviews: readonly { id: string; kind: Review['kind']; origin: string }[];
  /** Number of requests that wait for the person, also while locked. */
  waiting: number;
};

export type RequestView = {
  id: string;
  kind: RequestKind;
  origin: string;
  state: RequestState;
  hash?: Hex;
  transactions: readonly TransactionReference[];
  error?: SerializedRpcError;
};

export type GrantView = {
  grantId: string;
  origin: string;
  account: Address;
  redeemer: Address;
  state: GrantState;
  createdAt: number;
  permissions: readonly ReviewedPermission[];
  /** What fees may take in all; absent when every use is sponsored. */
  feeBudget?: TokenAmount;
  exposure: readonly ReviewedExposure[];
  /** Uses so far per action, in the order of the permission's actions, from the local ledger. */
  usage: readonly { chainId: number; permissionId: Hex; used: readonly bigint[] }[];
};

/** A counted limit, as {@link LimitUsage} with amounts as numbers. */
export type LimitUsageView = Omit<LimitUsage, 'limit' | 'used' | 'remaining'> & {
  /** In the unit of the limit. */
  limit: bigint;
  used: bigint;
  remaining: bigint;
};

/** Counters of a grant as its chains have them. */
export type UsageView = {
  grantId: string;
  /** Unix seconds of the read. */
  readAt: number;
  permissions: readonly {
    chainId: number;
    permissionId: Hex;
    /** Undefined when the chain couldn't be read. */
    enabled: boolean | undefined;
    limits: readonly LimitUsageView[];
  }[];
};
