import * as v from 'valibot';
import type { Address, Hex } from 'viem';
import type { Policy } from '../../protocol/policies/policy';
import type { RequestState, TransactionReference } from '../dapp/methods';
import { chainIdSchema, wordSchema } from '../dapp/schema';
import type { SerializedRpcError } from '../errors';

const passwordSchema = v.pipe(v.string(), v.maxLength(1024));
const idSchema = v.pipe(v.string(), v.maxLength(64));
const urlSchema = v.pipe(
  v.string(),
  v.url('must be an http or https address'),
  v.regex(/^https?:\/\//),
  v.maxLength(2048),
);

/** A chain that the companion talks to. */
const networkSchema = v.strictObject({
  chainId: chainIdSchema,
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(64)),
  rpcUrl: urlSchema,
  nativeSymbol: v.pipe(v.string(), v.minLength(1), v.maxLength(12)),
});

export const settingsSchema = v.strictObject({
  nodeUrl: urlSchema,
  nodeApiKey: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(512))),
  networks: v.pipe(v.array(networkSchema), v.minLength(1), v.maxLength(32)),
});

export type Network = v.InferOutput<typeof networkSchema>;
export type Settings = v.InferOutput<typeof settingsSchema>;

const decisionSchema = v.strictObject({ reviewId: idSchema, digest: wordSchema });

/** What the popup may ask of the background, each with the schema of its parameter. */
export const popupProcedures = {
  getState: v.undefined(),
  createVault: v.strictObject({ password: passwordSchema }),
  unlock: v.strictObject({ password: passwordSchema }),
  lock: v.undefined(),
  getReview: v.strictObject({ reviewId: idSchema }),
  approve: decisionSchema,
  reject: decisionSchema,
  getRequest: v.strictObject({ id: idSchema }),
  listGrants: v.undefined(),
  getSettings: v.undefined(),
  saveSettings: settingsSchema,
} as const;

export type PopupProcedure = keyof typeof popupProcedures;
export type PopupParams<P extends PopupProcedure> = v.InferOutput<(typeof popupProcedures)[P]>;

export type PopupState = {
  vault: 'none' | 'locked' | 'unlocked';
  /** Known once the vault is unlocked. */
  owner?: Address;
  account?: Address;
  /** Reviews that wait, oldest first; empty while locked except for their count in `waiting`. */
  reviews: readonly { id: string; kind: Review['kind']; origin: string }[];
  /** Number of requests that wait for the person, also while locked. */
  waiting: number;
};

/** A token amount with what is needed to show it. `decimals` is absent when the chain couldn't be read. */
export type TokenAmount = {
  token: Address;
  chainId: number;
  /** Base units. */
  amount: bigint;
  symbol?: string;
  decimals?: number;
};

/** Something that the person should weigh before approving. `forbidden` dangers never reach a review. */
export type Danger = { severity: 'warning' | 'high'; text: string };

export type ReviewedAction = {
  target: Address;
  selector: Hex;
  /** Name from the dapp, checked against the selector, or from the built-in list. */
  signature?: { text: string; source: 'known' | 'dapp' };
  policies: readonly Policy[];
  /** True for the rule that pays the node's fees; it isn't usable by the dapp. */
  feeBudget: boolean;
  dangers: readonly Danger[];
  /** Symbol and decimals of the target when it is a token. */
  token?: { symbol?: string; decimals?: number };
};

export type ReviewedPermission = {
  chainId: number;
  chainName: string;
  permissionId: Hex;
  redeemer: Address;
  actions: readonly ReviewedAction[];
  /** What the supertransaction does on this chain before the permission is there, in order. */
  steps: readonly ('deployAccount' | 'installSmartSessions' | 'enablePermission')[];
};

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

export type PrepareReview = ReviewBase & {
  kind: 'prepare';
  permissions: readonly ReviewedPermission[];
  /** What the node asks now, and the most that is paid if it asks for more at signing. */
  fee: { estimate: TokenAmount; max: TokenAmount };
  /** The most that later USE requests may pay in fees over the life of the permission. */
  feeBudget: TokenAmount;
};

export type Review = ConnectReview | PrepareReview;

export type RequestView = {
  id: string;
  kind: 'connect' | 'prepare' | 'use';
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
  state: 'enabling' | 'enabled' | 'failed';
  createdAt: number;
  permissions: readonly ReviewedPermission[];
  /** Uses so far per action, in the order of the permission's actions, from the local ledger. */
  usage: readonly { chainId: number; permissionId: Hex; used: readonly bigint[] }[];
};

export type PopupResults = {
  getState: PopupState;
  createVault: PopupState;
  unlock: PopupState;
  lock: PopupState;
  getReview: Review | undefined;
  approve: RequestView;
  reject: RequestView;
  getRequest: RequestView;
  listGrants: readonly GrantView[];
  getSettings: Settings;
  saveSettings: Settings;
};
