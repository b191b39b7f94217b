import * as v from 'valibot';
import type { ConnectReview, PrepareReview, RevokeReview } from '../../rpc/popup/review';
import { addressSchema, hexSchema, quoteTypeSchema, wholeSchema } from './primitives';
import {
  chainViewSchema,
  changeSchema,
  cleanUpViewSchema,
  dangerSchema,
  delegationViewSchema,
  exposureSchema,
  instructionViewSchema,
  permissionViewSchema,
  sponsorViewSchema,
  tokenAmountSchema,
  triggerViewSchema,
} from './reviewParts';

const base = {
  id: v.string(),
  origin: v.string(),
  digest: hexSchema,
  createdAt: wholeSchema,
  expiresAt: wholeSchema,
  account: addressSchema,
};

const feeSchema = v.looseObject({ estimate: tokenAmountSchema, max: tokenAmountSchema });

export const connectReviewSchema: v.GenericSchema<ConnectReview> = v.looseObject({
  ...base,
  kind: v.literal('connect'),
});

export const prepareReviewSchema: v.GenericSchema<PrepareReview> = v.looseObject({
  ...base,
  kind: v.literal('prepare'),
  quoteType: quoteTypeSchema,
  permissions: v.array(permissionViewSchema),
  chains: v.array(chainViewSchema),
  instructions: v.array(instructionViewSchema),
  cleanUps: v.array(cleanUpViewSchema),
  delegations: v.array(delegationViewSchema),
  trigger: v.exactOptional(triggerViewSchema),
  sponsor: v.exactOptional(sponsorViewSchema),
  fee: v.exactOptional(feeSchema),
  feeBudget: v.exactOptional(tokenAmountSchema),
  bounds: v.looseObject({ lower: v.exactOptional(wholeSchema), upper: v.exactOptional(wholeSchema) }),
  batched: v.boolean(),
  dangers: v.array(dangerSchema),
  exposure: v.array(exposureSchema),
  changes: v.exactOptional(v.looseObject({ grantId: v.string(), items: v.array(changeSchema) })),
});

export const revokeReviewSchema: v.GenericSchema<RevokeReview> = v.looseObject({
  ...base,
  kind: v.literal('revoke'),
  grantId: v.string(),
  by: v.picklist(['dapp', 'person']),
  permissions: v.array(permissionViewSchema),
  scope: v.picklist(['permission', 'action']),
  chains: v.array(chainViewSchema),
  fee: v.exactOptional(feeSchema),
  sponsor: v.exactOptional(sponsorViewSchema),
  dangers: v.array(dangerSchema),
});
