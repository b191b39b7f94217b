import type { Address, Hex } from 'viem';
import type { Constraint } from '../../protocol/actions/composableCall';
import type { Policy } from '../../protocol/policies/policy';
import type { ActionState } from '../dapp/results';

/** A token amount with what is needed to show it. `decimals` is absent when the chain couldn't be read. */
export type TokenAmount = {
  /** The zero address is the chain's own coin. */
  token: Address;
  chainId: number;
  /** Base units. */
  amount: bigint;
  symbol?: string;
  decimals?: number;
};

/** Something that the person should weigh before approving. What is forbidden never reaches a review. */
export type Danger = {
  /** Stable UPPER_SNAKE name. */
  code: string;
  severity: 'notice' | 'warning' | 'high';
  text: string;
  /** The person must agree to this very danger; `approve` names its code. */
  acknowledge: boolean;
};

/** A function's name: from the built-in list, or the dapp's claim, which has the right selector. */
export type FunctionLabel = { text: string; source: 'known' | 'dapp' };

/** A limit that is higher on chain than what was asked for, because fees run through the same rule. */
export type WidenedRule = {
  policy: Policy['type'];
  /** Index of the universal rule. */
  rule?: number;
  limit: 'perCall' | 'total' | 'calls';
  /** What the dapp may use: base units or number of calls. */
  asked: bigint;
  /** What the chain enforces, fees included. */
  granted: bigint;
};

export type ReviewedAction = {
  target: Address;
  selector: Hex;
  signature?: FunctionLabel;
  /** As the chain will enforce them. */
  policies: readonly Policy[];
  /** True for the rule that pays the node's fees; it isn't usable by the dapp. */
  feeBudget: boolean;
  /** Limits of this action that were raised so that fees fit; empty for most. */
  widened: readonly WidenedRule[];
  dangers: readonly Danger[];
  /** Symbol and decimals of the target when it is a token. */
  token?: { symbol?: string; decimals?: number };
  state: ActionState;
};

/** What a supertransaction does on a chain, in this order as far as it does it. */
export type ReviewStep =
  | 'delegateAccount'
  | 'deployAccount'
  | 'pullFunds'
  | 'installSmartSessions'
  | 'runInstructions'
  | 'enablePermission'
  | 'cleanUp'
  | 'removePermission'
  | 'disableAction';

export type ReviewedPermission = {
  chainId: number;
  chainName: string;
  permissionId: Hex;
  redeemer: Address;
  actions: readonly ReviewedAction[];
  /** What the supertransaction does on this chain before the permission is there, in order. */
  steps: readonly ReviewStep[];
};

/** One argument of a call, read from its calldata. `value` is decimal digits, hex, or a list of these. */
export type ReviewedArgument = { name?: string; type: string; value: string };

/** A piece of calldata that is only known at execution, or fixed bytes between such pieces. */
export type ReviewedPiece = { constraints: readonly Constraint[] } & (
  | { kind: 'fixed'; data: Hex }
  | { kind: 'staticCall'; target: Address; data: Hex; signature?: FunctionLabel }
  | { kind: 'balance'; token: Address; account: Address }
);

/** A call that the owner's approval makes the account do once. */
export type ReviewedCall = {
  target: Address;
  /** Wei. */
  value: bigint;
  /** Null for a plain transfer of the chain's own coin. */
  selector: Hex | null;
  signature?: FunctionLabel;
  /** Present when the function is known and its calldata is fixed. */
  args?: readonly ReviewedArgument[];
  /** Fixed calldata; for a call that is put together at execution the selector alone. */
  data: Hex;
  /** Pieces in order, for a call that is put together at execution; empty otherwise. */
  pieces: readonly ReviewedPiece[];
  token?: { symbol?: string; decimals?: number };
  dangers: readonly Danger[];
};

export type ReviewedInstruction = { chainId: number; chainName: string; calls: readonly ReviewedCall[] };

export type ReviewedCleanUp = {
  chainName: string;
  recipient: Address;
  /** What is left over is sent whole. `token.amount` is 0 then. */
  everything: boolean;
  token: TokenAmount;
};

/** Funds that leave the owner's own address. */
export type ReviewedTrigger = {
  /** `permit`: signed typed data; `approval` and `native`: a transaction of the owner's own, whose gas the owner pays. */
  kind: 'permit' | 'approval' | 'native';
  chainName: string;
  owner: Address;
  /** The account: what the owner lets take the funds; for `native` the contract that forwards them. */
  spender: Address;
  recipient: Address;
  /** What the recipient gets. */
  amount: TokenAmount;
  /** The most that may be taken from the owner, the fee included. */
  most: TokenAmount;
  /** Everything that the owner holds of it. */
  everything: boolean;
};

/** An EIP-7702 authorization that the owner's approval signs. */
export type ReviewedDelegation = {
  chainId: number;
  chainName: string;
  owner: Address;
  implementation: Address;
  /** What the owner's address is delegated to now; it is replaced. */
  current?: Address;
  /** Valid on every chain, also on those that aren't named here. */
  everyChain: boolean;
};

/** Who pays the gas instead of the account. */
export type ReviewedSponsor =
  | { kind: 'node' }
  | { kind: 'own'; url: string; gasTank: { address: Address; token: Address; chainId: number } };

/** The most that a permission can move of one token over its life. */
export type ReviewedExposure = {
  chainId: number;
  chainName: string;
  /** The zero address is the chain's own coin. */
  token: Address;
  symbol?: string;
  decimals?: number;
  /** Base units; null: unlimited. */
  amount: bigint | null;
  /** Where it comes from: one sentence per source. */
  parts: readonly { text: string; amount: bigint | null }[];
};

/** What is new or wider than in a grant that this origin holds already. */
export type ReviewedChange = {
  kind: 'new' | 'wider';
  chainId: number;
  chainName: string;
  target: Address;
  selector: Hex;
  text: string;
};

/** What a supertransaction does on one chain. */
export type ReviewedChain = { chainId: number; chainName: string; steps: readonly ReviewStep[] };
