import type { Address, Hex } from 'viem';
import type { MeeVersion } from '../protocol/constants/versions';
import type { SharedFeeBudget } from '../protocol/session/payment';
import type { Session } from '../protocol/session/session';
import type { RevokeParams } from '../rpc/dapp/grantParams';
import type { PrepareParams } from '../rpc/dapp/prepareParams';
import type { CleanUp, Simulation, SponsorshipOptions } from '../rpc/dapp/quoteOptions';
import type {
  ActionState,
  GrantState,
  PrepareResult,
  RequestState,
  RevokeResult,
  TransactionReference,
  UseResult,
} from '../rpc/dapp/results';
import type { UseParams } from '../rpc/dapp/useParams';
import type { SerializedRpcError } from '../rpc/errors';
import type { ConnectReview, PrepareReview, QuoteType, RevokeReview } from '../rpc/popup/review';

/**
 * One operation of a supertransaction; the first of a submission pays the fee. `role` is set where the outcome doesn't
 * judge it: a sponsor's payment, a transfer of what is left over.
 */
export type SubmittedOperation = {
  chainId: number;
  nonce: bigint;
  userOpHash: Hex;
  role?: 'sponsor' | 'cleanUp';
};

/** A transaction of the owner's own that must be on chain before the node may execute. Signed, so it can't change. */
export type OwnerTransaction = { chainId: number; nonce: number; hash: Hex; raw: Hex };

/** A signed supertransaction, stored before it is sent so that a restart asks the node before sending again. */
export type Submission = {
  hash: Hex;
  /** The exact body of POST exec. */
  body: string;
  /** Unix seconds after which the node no longer executes it. */
  upperBound: number;
  /** In the order of the supertransaction, the payment first. */
  operations: readonly SubmittedOperation[];
  ownerTransaction?: OwnerTransaction;
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
  /** Index in `session.actions` of the action that only pays fees; null on chains that don't pay, or pay as `sharedFee` says. */
  feeBudgetIndex: number | null;
  /** Set when fees go through an action of the dapp's, whose limits were raised for it. */
  sharedFee?: SharedFeeBudget;
  /** How many actions each operation enables, in their order; absent: one operation enables all. */
  parts?: readonly number[];
  /** Of each action of the session; absent: all are enabled. */
  states?: readonly ActionState[];
};

/** How the account comes to be on a chain. */
export type PlannedChain = {
  chainId: number;
  deploy: 'none' | 'initCode' | 'delegate';
  /** What the owner's address is delegated to now and no longer will be. */
  currentDelegate?: Address;
};

/** One operation of the account, exact to the byte: what is shown, and what alone may be signed. */
export type PlannedOperation = { chainId: number; callData: Hex };

/** Funds of the owner's own address. */
export type PlannedTrigger = {
  kind: 'permit' | 'approval' | 'native';
  token: Address;
  chainId: number;
  /** Without the fee. */
  amount: bigint;
  /** Approved instead of amount and fee. */
  approvalAmount?: bigint;
  recipient: Address;
  useMaxAvailableFunds: boolean;
  gasLimit?: bigint;
};

/** Somebody else pays the gas: the node, or a gas tank of the dapp's. */
export type PlannedSponsorship = { kind: 'node' } | ({ kind: 'own' } & SponsorshipOptions);

/** The zero address is the chain's own coin. */
export type FeeToken = { address: Address; chainId: number };

/** What the owner is asked to sign, fixed before the review is shown. */
export type OwnerPlan = {
  account: Address;
  owner: Address;
  version: MeeVersion;
  quoteType: QuoteType;
  /** Every chain that is touched. */
  chains: readonly PlannedChain[];
  operations: readonly PlannedOperation[];
  cleanUps: readonly CleanUp[];
  trigger?: PlannedTrigger;
  sponsorship?: PlannedSponsorship;
  simulation?: Simulation;
  /** What fees are paid in, now or later; absent when they are always sponsored. */
  feeToken?: FeeToken;
  /** Base units of the fee token: what the node asked for when the review was made; 0 when sponsored. */
  feeEstimate: bigint;
  /** Base units of the fee token: the most that may be signed; 0 when sponsored. */
  feeMax: bigint;
};

/** What a grant is made of. */
type GrantParts = {
  grantId: string;
  /** The session module. */
  smartSession: Address;
  permissions: readonly PlannedPermission[];
};

/** What a PREPARE will do. */
export type PreparePlan = OwnerPlan &
  GrantParts & {
    /** Absent when no permission is asked for. */
    redeemer?: Address;
    /** Chains on which the session module is installed first. */
    installOn: readonly number[];
    /** Base units of the fee token: fees of later USE requests, in total; 0 when they are sponsored. */
    feeBudget: bigint;
  };

/** What a revocation will do on chain. `permissions` are those that a chain still holds. */
export type RevokePlan = OwnerPlan & GrantParts & { scope: 'permission' | 'action' };

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

export type RevokeRequest = RequestBase & {
  kind: 'revoke';
  params: RevokeParams;
  by: 'dapp' | 'person';
  plan?: RevokePlan;
  /** What is shown, exactly: read from the calldata of the plan. */
  review?: RevokeReview;
  result?: RevokeResult;
};

/** The durable record of one request of one origin. */
export type RequestRecord = ConnectRequest | PrepareRequest | UseRequest | RevokeRequest;

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
  state: GrantState;
  createdAt: number;
  /** The session module. */
  smartSession: Address;
  /** Absent when every use is sponsored. */
  feeToken?: FeeToken;
  feeBudget: bigint;
  /** Service of the sponsor that the approved request named; uses may name no other. Absent: it named none. */
  sponsorUrl?: string;
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
