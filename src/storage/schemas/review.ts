import * as v from 'valibot';
import type { ConnectReview, PrepareReview } from '../../rpc/popup/procedures';
import { policySchema } from './policy';
import { addressSchema, amountSchema, hexSchema, wholeSchema } from './primitives';

const tokenAmountSchema = v.looseObject({
  token: addressSchema,
  chainId: wholeSchema,
  amount: amountSchema,
  symbol: v.exactOptional(v.string()),
  decimals: v.exactOptional(wholeSchema),
});

const actionSchema = v.looseObject({
  target: addressSchema,
  selector: hexSchema,
  signature: v.exactOptional(v.looseObject({ text: v.string(), source: v.picklist(['known', 'dapp']) })),
  policies: v.array(policySchema),
  feeBudget: v.boolean(),
  dangers: v.array(v.looseObject({ severity: v.picklist(['warning', 'high']), text: v.string() })),
  token: v.exactOptional(
    v.looseObject({ symbol: v.exactOptional(v.string()), decimals: v.exactOptional(wholeSchema) }),
  ),
});

const permissionSchema = v.looseObject({
  chainId: wholeSchema,
  chainName: v.string(),
  permissionId: hexSchema,
  redeemer: addressSchema,
  actions: v.array(actionSchema),
  steps: v.array(v.picklist(['deployAccount', 'installSmartSessions', 'enablePermission'])),
});

const base = {
  id: v.string(),
  origin: v.string(),
  digest: hexSchema,
  createdAt: wholeSchema,
  expiresAt: wholeSchema,
  account: addressSchema,
};

export const connectReviewSchema: v.GenericSchema<ConnectReview> = v.looseObject({
  ...base,
  kind: v.literal('connect'),
});

export const prepareReviewSchema: v.GenericSchema<PrepareReview> = v.looseObject({
  ...base,
  kind: v.literal('prepare'),
  permissions: v.array(permissionSchema),
  fee: v.looseObject({ estimate: tokenAmountSchema, max: tokenAmountSchema }),
  feeBudget: tokenAmountSchema,
});
