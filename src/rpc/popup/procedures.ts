import * as v from 'valibot';
import { addressSchema, selectorSchema, wordSchema } from '../dapp/primitives';
import { maxBackupLength } from '../ports';
import type { Review } from './review';
import { type Settings, settingsSchema } from './settings';
import type { GrantView, PopupState, RequestView, UsageView } from './views';

export type { ConnectReview, PrepareReview, Review, RevokeReview } from './review';
export type { Danger, ReviewedAction, ReviewedPermission, TokenAmount } from './reviewParts';
export { type Network, type Settings, settingsSchema } from './settings';
export type { GrantView, PopupState, RequestView, UsageView } from './views';

const maxDangers = 64;

const passwordSchema = v.pipe(v.string(), v.maxLength(1024));
const idSchema = v.pipe(v.string(), v.maxLength(64));
const codeSchema = v.pipe(v.string(), v.regex(/^[A-Z0-9_]{1,64}$/));

const decisionEntries = { reviewId: idSchema, digest: wordSchema };

/** What the popup may ask of the background, each with the schema of its parameter. */
export const popupProcedures = {
  getState: v.undefined(),
  createVault: v.strictObject({ password: passwordSchema }),
  unlock: v.strictObject({ password: passwordSchema }),
  lock: v.undefined(),
  /** The person is there: puts off the lock. */
  touch: v.undefined(),
  changePassword: v.strictObject({ password: passwordSchema, newPassword: passwordSchema }),
  exportBackup: v.strictObject({ password: passwordSchema }),
  importBackup: v.strictObject({
    text: v.pipe(
      v.string(),
      v.maxLength(
        maxBackupLength,
        `is too large to be a backup: it has more than ${maxBackupLength} characters`,
      ),
    ),
    /** The password at the time of the backup. */
    password: passwordSchema,
    newPassword: v.exactOptional(passwordSchema),
  }),
  resetVault: v.strictObject({ confirm: v.literal('delete all keys', 'must say: delete all keys') }),
  getReview: v.strictObject({ reviewId: idSchema }),
  approve: v.strictObject({
    ...decisionEntries,
    /** Codes of the dangers that the person agreed to. */
    acknowledged: v.exactOptional(v.pipe(v.array(codeSchema), v.maxLength(maxDangers))),
  }),
  reject: v.strictObject(decisionEntries),
  getRequest: v.strictObject({ id: idSchema }),
  listGrants: v.undefined(),
  /** Reads the counters of a grant from its chains, and sets the ledger right. */
  getUsage: v.strictObject({ grantId: idSchema }),
  /** Ends a grant, or one action of it, here; then opens the review that removes it on chain. */
  revokeGrant: v.strictObject({
    grantId: idSchema,
    action: v.exactOptional(
      v.strictObject({ actionTarget: addressSchema, actionTargetSelector: selectorSchema }),
    ),
  }),
  getSettings: v.undefined(),
  saveSettings: settingsSchema,
} as const;

export type PopupProcedure = keyof typeof popupProcedures;
export type PopupParams<P extends PopupProcedure> = v.InferOutput<(typeof popupProcedures)[P]>;

export type PopupResults = {
  getState: PopupState;
  createVault: PopupState;
  unlock: PopupState;
  lock: PopupState;
  touch: undefined;
  changePassword: PopupState;
  /** `damagedKeys`: ids of keys that couldn't be read and are left out. */
  exportBackup: { text: string; damagedKeys: readonly string[] };
  /** `createdAt`: unix seconds at which the backup was made. */
  importBackup: { state: PopupState; createdAt: number };
  resetVault: PopupState;
  getReview: Review | undefined;
  approve: RequestView;
  reject: RequestView;
  getRequest: RequestView;
  listGrants: readonly GrantView[];
  getUsage: UsageView;
  /** The request whose review is open now. */
  revokeGrant: RequestView;
  getSettings: Settings;
  saveSettings: Settings;
};
