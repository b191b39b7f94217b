import type { Address, Hex } from 'viem';
import type { Eip7702Auth } from '../account/authorization';
import type { MeeVersion } from '../constants/versions';
import type { SessionDetails } from '../session/details';
import type { TimeBounds } from './instruction';
import type { OperationMetadata } from './metadata';
import type { SimulationOptions, SimulationOverrides } from './simulation';
import type { Sponsor } from './sponsorship';

/** How the owner's consent reaches the chain: a signature over the hash, an ERC-20 permit, or a transaction. */
export type QuoteType = 'simple' | 'permit' | 'onchain';

/** `trigger` of a quote request. */
export type RequestedTrigger = {
  tokenAddress: Address;
  chainId: number;
  gasLimit: bigint;
  amount: bigint;
  approvalAmount?: bigint;
  recipientAddress?: Address;
};

/** A trigger as one quote uses it. */
export type PlannedTrigger = {
  quoteType: 'permit' | 'onchain';
  /** The owner's address, whose money it is. */
  owner: Address;
  request: RequestedTrigger;
  useMaxAvailableFunds: boolean;
};

/** How the account gets code on a chain where it has none: its factory, or the owner's EIP-7702 authorization. */
export type Deployment = { initCode: Hex } | { eip7702Auth: Eip7702Auth };

/** An operation as the caller plans it. */
export type PlannedUserOp = {
  chainId: number;
  callData: Hex;
  nonce: bigint;
  /** Number of calls inside, each counted with `defaultCallGasLimit`; or the exact gas. */
  gas: { calls: number } | { limit: bigint };
  /** Only where the account has no code and neither the payment nor an earlier operation on the chain deploys it. */
  initCode?: Hex;
  /** Like `initCode`, for an account that is the owner's own address. */
  eip7702Auth?: Eip7702Auth;
  /** Time bounds of this operation; a missing end is that of the quote. */
  bounds?: Partial<TimeBounds>;
  /** Milliseconds between two tries of a node while a condition does not hold. */
  retryDelay?: number;
  isCleanUp?: boolean;
  simulationOverrides?: SimulationOverrides;
  /** Defaults to one "Custom on-chain action". */
  metadata?: readonly OperationMetadata[];
};

/** How a supertransaction is to be paid: by the account, or by a sponsor. */
export type PaymentPlan =
  | {
      /** ERC-20, or the zero address for native coin. */
      token: Address;
      chainId: number;
      nonce: bigint;
      initCode?: Hex;
      eip7702Auth?: Eip7702Auth;
      gasLimit?: bigint;
    }
  | {
      sponsor: Sponsor;
      /** Nonce of the sponsor's payment; 0 for a trusted sponsor. */
      nonce?: bigint;
      gasLimit?: bigint;
    };

export type QuoteRequestParameters = {
  account: Address;
  version: MeeVersion;
  /** At least one; clean-ups last. */
  userOps: readonly PlannedUserOp[];
  payment: PaymentPlan;
  /** Unix seconds. */
  bounds: TimeBounds;
  retryDelay?: number;
  /** Gas for validating signatures, where the caller knows better than the defaults. */
  verificationGasLimit?: bigint;
  /** Shorthand for `simulation: { simulate }`. */
  simulate?: boolean;
  simulation?: SimulationOptions;
} & (
  | { mode: 'PREPARE'; trigger?: PlannedTrigger }
  | {
      mode: 'USE';
      /** One per chain that pays or acts. */
      sessionDetails: readonly SessionDetails[];
    }
);
