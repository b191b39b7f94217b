import type { Address, Hex } from 'viem';
import type { ComposableCall } from '../protocol/actions/composableCall';
import type { RequestedSession } from './builders';

/** The token that pays the node, on the chain where it is held; the zero address is the chain's own coin. */
export type FeeToken = { address: Address; chainId: number };

/** A gas tank of the dapp's own, and the service that signs for it. */
export type SponsorshipOptions = { url: string; gasTank: FeeToken & { token: Address } };

/** Whether the node simulates, and the percent that it adds to simulated gas limits, by chain id. */
export type SimulationOptions = { simulate: boolean; gasLimitBuffers?: Readonly<Record<number, number>> };

/** What {@link PrepareOptions} and {@link UseOptions} share. */
type QuoteOptions = {
  /**
   * Names the request; random when absent. Keep it (in localStorage, say) and ask again with it after a
   * reload: the same request is attached to, never run twice.
   */
  requestId?: string;
  /** Somebody else pays the gas: the node, or who `sponsorshipOptions` names. */
  sponsorship?: boolean;
  sponsorshipOptions?: SponsorshipOptions;
  /** Act by the owner's own address (EIP-7702). The companion chooses and signs the authorization. */
  delegate?: boolean;
  /** When it may run, in unix seconds. */
  lowerBoundTimestamp?: number;
  upperBoundTimestamp?: number;
  simulation?: SimulationOptions;
};

/** A call of the account: native value in wei, default 0; calldata, default empty. */
export type RequestedCall = { to: Address; value?: bigint; data?: Hex; gasLimit?: bigint };

/** A call that is put together when it runs, from `composableFunctionCall`. */
export type RequestedComposableCall = ComposableCall & { gasLimit?: bigint };

/** Funds that the owner's own address brings in: by permit, by an approval, or in the chain's own coin. */
export type Trigger = {
  /** The zero address is the chain's own coin. */
  tokenAddress: Address;
  chainId: number;
  /** In the token's smallest unit, without the fee. Leave it out with `useMaxAvailableFunds`. */
  amount?: bigint;
  /** Everything that the owner holds of the token. */
  useMaxAvailableFunds?: boolean;
  /** What is approved or permitted instead of just enough. */
  approvalAmount?: bigint;
  /** Who gets it; default: the account. */
  recipientAddress?: Address;
  gasLimit?: bigint;
};

/** A transfer of what is left, when everything else has run. */
export type CleanUp = {
  /** The zero address is the chain's own coin. */
  tokenAddress: Address;
  chainId: number;
  recipientAddress: Address;
  /** Default: the whole balance when it runs. */
  amount?: bigint;
  gasLimit?: bigint;
  /** Positions of the operations that must have run, from 1; default: the chain's last one. */
  dependsOn?: readonly number[];
};

export type PrepareOptions = QuoteOptions & {
  /** Without it the account is only deployed, funded and made ready, and the instructions run. */
  enableSession?: {
    actions: readonly RequestedSession[];
    /** False: every entry of `actions` is enabled by an operation of its own. Default true. */
    batchActions?: boolean;
    /** The most that later uses may pay in fees, in the fee token's smallest unit. Default: 5 whole units. */
    maxPaymentAmount?: bigint;
  };
  /** Needed unless the request is sponsored; without it later uses are sponsored, too. */
  feeToken?: FeeToken;
  smartSessionValidatorAddress?: Address;
  /** What runs before the permission is enabled. */
  instructions?: readonly {
    chainId: number;
    calls: readonly (RequestedCall | RequestedComposableCall)[];
  }[];
  trigger?: Trigger;
  cleanUps?: readonly CleanUp[];
};

type Instructions = readonly { chainId: number; calls: readonly RequestedCall[] }[];

export type UseOptions = QuoteOptions & {
  instructions: Instructions;
  /** The grant to use; without it, the one of this site whose scope fits. */
  grantId?: string;
  /** The permissions to use, as `prepare` gave them: another way to name the grant. */
  sessionDetails?: readonly { permissionId: Hex; chainId: number }[];
  /** Default: the grant's. */
  feeToken?: FeeToken;
};

export type CheckCallsOptions = Pick<UseOptions, 'instructions' | 'grantId'>;

export type RevokeOptions = Pick<QuoteOptions, 'requestId'> & {
  grantId: string;
  /** Only this action, on every chain that holds it; default: the whole grant. */
  action?: { actionTarget: Address; actionTargetSelector: Hex };
};
