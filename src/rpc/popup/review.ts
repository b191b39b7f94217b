import type { Address, Hex } from 'viem';
import type {
  Danger,
  ReviewedChain,
  ReviewedChange,
  ReviewedCleanUp,
  ReviewedDelegation,
  ReviewedExposure,
  ReviewedInstruction,
  ReviewedPermission,
  ReviewedSponsor,
  ReviewedTrigger,
  TokenAmount,
} from './reviewParts';

type ReviewBase = {
  id: string;
  origin: string;
  /** Digest of everything shown; a decision names it. */
  digest: Hex;
  createdAt: number;
  expiresAt: number;
  account: Address;
};

export type ConnectReview = ReviewBase & { kind: 'connect' };

/** What the node asks now, and the most that is paid if it asks for more at signing. */
export type ReviewedFee = { estimate: TokenAmount; max: TokenAmount };

/** How the owner signs: a message, a permit, or a transaction of the owner's own. */
export type QuoteType = 'simple' | 'permit' | 'onchain';

export type PrepareReview = ReviewBase & {
  kind: 'prepare';
  quoteType: QuoteType;
  /** Empty when no permission is asked for. */
  permissions: readonly ReviewedPermission[];
  /** Every chain that is touched, with what happens there in order. */
  chains: readonly ReviewedChain[];
  /** What runs once, now. */
  instructions: readonly ReviewedInstruction[];
  cleanUps: readonly ReviewedCleanUp[];
  delegations: readonly ReviewedDelegation[];
  trigger?: ReviewedTrigger;
  /** Who pays instead of the account; absent when the account or the owner pays. */
  sponsor?: ReviewedSponsor;
  /** Absent when somebody else pays. */
  fee?: ReviewedFee;
  /** The most that later USE requests may pay in fees over the life of the permission; absent when they can't. */
  feeBudget?: TokenAmount;
  /** Unix seconds that the dapp named; absent where it named none. */
  bounds: { lower?: number; upper?: number };
  /** False: every entry of the request is enabled by an operation of its own. */
  batched: boolean;
  /** Dangers of the request as a whole; actions and calls have their own. */
  dangers: readonly Danger[];
  exposure: readonly ReviewedExposure[];
  /** Against the nearest grant that this origin holds; absent when it holds none. */
  changes?: { grantId: string; items: readonly ReviewedChange[] };
};

/** A grant, or one action of it, is removed on chain. It ended in the companion before this review. */
export type RevokeReview = ReviewBase & {
  kind: 'revoke';
  grantId: string;
  /** Who asked. */
  by: 'dapp' | 'person';
  /** What is removed: the whole permissions, or the one action of each. */
  permissions: readonly ReviewedPermission[];
  scope: 'permission' | 'action';
  chains: readonly ReviewedChain[];
  fee?: ReviewedFee;
  sponsor?: ReviewedSponsor;
  dangers: readonly Danger[];
};

export type Review = ConnectReview | PrepareReview | RevokeReview;
