import type { Address, Hex } from 'viem';
import type { MeeVersion } from '../protocol/constants/versions';
import type { Session } from '../protocol/session/session';
import type { PrepareResult, RequestState, TransactionReference, UseResult } from '../rpc/dapp/methods';
import type { PrepareParams, UseParams } from '../rpc/dapp/schema';
import type { SerializedRpcError } from '../rpc/errors';
import type { ConnectReview, PrepareReview } from '../rpc/popup/procedures';

/** One operation of a supertransaction; the first of a submission pays the fee. */
export type SubmittedOperation = { chainId: number; nonce: bigint; userOpHash: Hex };

/** A signed supertransaction, stored before it is sent so that a restart asks the node before sending again. */
export type Submission = {
  hash: Hex;
  /** The exact body of POST exec. */
  body: string;
  /** Unix seconds after which the node no longer executes it. */
  upperBound: number;
  /** In the order of the supertransaction, the payment first. */
  operations: readonly SubmittedOperation[];
};

/** One chain of a PREPARE: the session exactly as it will be enabled. */
export type PlannedPermission = {
  chainId: number;
  permissionId: Hex;
  session: Session;
  deployAccount: boolean;
  installModule: boolean;
  /** The dapp's claims per action, checked against the selector. */
  signatures: readonly (string | null)[];
  /** Index in `session.actions` of the action that only pays fees; null on chains that don't pay. */
  feeBudgetIndex: number | null;
};

/** What a PREPARE will do, fixed before the review is shown. */
export type PreparePlan = {
  grantId: string;
  account: Address;
  owner: Address;
  version: MeeVersion;
  redeemer: Address;
  permissions: readonly PlannedPermission[];
  feeToken: { address: Address; chainId: number };
  /** Base units of the fee token: what the node asked for when the review was made. */
  feeEstimate: bigint;
  /** Base units of the fee token: the most that may be signed. */
  feeMax: bigint;
  /** Base units of the fee token: fees of later USE requests, in total. */
  feeBudget: bigint;
};

type RequestBase = {
  /** Internal id. */
  id: string;
  origin: string;
  /** The dapp's id, unique per origin. */
  requestId: string;
  state: RequestState;
  createdAt: number;
  updatedAt: number;
  /** Unix seconds: a review that is open longer than this ends as expired. */
  expiresAt: number;
  /** Digest of what was shown, set with the review. */
  digest?: Hex;
  submission?: Submission;
  transactions: readonly TransactionReference[];
  error?: SerializedRpcError;
};

export type ConnectRequest = RequestBase & {
  kind: 'connect';
  account?: Address;
  /** What is shown, exactly. */
  review?: ConnectReview;
};
export type PrepareRequest = RequestBase & {
  kind: 'prepare';
  params: PrepareParams;
  plan?: PreparePlan;
  /** What is shown, exactly: read from the encoded sessions of the plan. */
  review?: PrepareReview;
  result?: PrepareResult;
};
export type UseRequest = RequestBase & {
  kind: 'use';
  params: UseParams;
  grantId?: string;
  result?: UseResult;
};

/** The durable record of one request of one origin. */
export type RequestRecord = ConnectRequest | PrepareRequest | UseRequest;

/** A grant: one session key for one origin, over one or more chains. Everything derives from the stored sessions. */
export type GrantRecord = {
  grantId: string;
  origin: string;
  account: Address;
  owner: Address;
  version: MeeVersion;
  redeemer: Address;
  /** Id of the session key in the vault. */
  keyId: string;
  state: 'enabling' | 'enabled' | 'failed';
  createdAt: number;
  feeToken: { address: Address; chainId: number };
  feeBudget: bigint;
  permissions: readonly PlannedPermission[];
};

/** Counters of a grant on one chain, as the chain keeps them, plus what is reserved by requests under way. */
export type LedgerRecord = {
  grantId: string;
  chainId: number;
  /** Counter name (action, policy, rule or token) to the amount used on chain. */
  used: Record<string, bigint>;
  /** Request id to what it has reserved and not yet committed. */
  reserved: Record<string, Record<string, bigint>>;
};

/** An origin that the person has let see the account's address. */
export type ConnectionRecord = { origin: string; account: Address; createdAt: number };
