import * as v from 'valibot';
import type { RequestRecord } from '../records';
import { prepareParamsSchema, revokeParamsSchema, useParamsSchema } from './params';
import { preparePlanSchema, revokePlanSchema } from './plan';
import { addressSchema, amountSchema, hexSchema, wholeSchema } from './primitives';
import { connectReviewSchema, prepareReviewSchema, revokeReviewSchema } from './review';

const transactionsSchema = v.array(v.looseObject({ chainId: wholeSchema, transactionHash: hexSchema }));

const errorSchema = v.looseObject({
  code: v.number(),
  message: v.string(),
  data: v.exactOptional(
    v.looseObject({
      reason: v.string(),
      action: v.string(),
      details: v.exactOptional(v.record(v.string(), v.unknown())),
    }),
  ),
});

const submissionSchema = v.looseObject({
  hash: hexSchema,
  body: v.string(),
  upperBound: wholeSchema,
  operations: v.array(
    v.looseObject({
      chainId: wholeSchema,
      nonce: amountSchema,
      userOpHash: hexSchema,
      role: v.exactOptional(v.picklist(['sponsor', 'cleanUp'])),
    }),
  ),
  ownerTransaction: v.exactOptional(
    v.looseObject({ chainId: wholeSchema, nonce: wholeSchema, hash: hexSchema, raw: hexSchema }),
  ),
});

const base = {
  id: v.string(),
  origin: v.string(),
  requestId: v.string(),
  state: v.picklist([
    'received',
    'awaitingReview',
    'approved',
    'quoted',
    'signed',
    'submitted',
    'mined',
    'confirmed',
    'failed',
    'rejected',
    'expired',
  ]),
  createdAt: wholeSchema,
  updatedAt: wholeSchema,
  expiresAt: wholeSchema,
  digest: v.exactOptional(hexSchema),
  submission: v.exactOptional(submissionSchema),
  transactions: transactionsSchema,
  error: v.exactOptional(errorSchema),
};

const useResultSchema = v.looseObject({
  requestId: v.string(),
  grantId: v.string(),
  hash: hexSchema,
  transactions: transactionsSchema,
});

const revokeResultSchema = v.looseObject({
  requestId: v.string(),
  grantId: v.string(),
  hash: v.exactOptional(hexSchema),
  transactions: transactionsSchema,
});

const prepareResultSchema = v.looseObject({
  requestId: v.string(),
  grantId: v.exactOptional(v.string()),
  redeemer: v.exactOptional(addressSchema),
  hash: v.exactOptional(hexSchema),
  transactions: transactionsSchema,
  outcome: v.picklist(['executed', 'alreadyGranted', 'nothingToDo']),
  account: addressSchema,
  permissions: v.array(v.looseObject({ chainId: wholeSchema, permissionId: hexSchema })),
});

/** A request as it is stored. Fields that aren't named here are kept as they are. */
export const requestSchema: v.GenericSchema<RequestRecord> = v.variant('kind', [
  v.looseObject({
    ...base,
    kind: v.literal('connect'),
    account: v.exactOptional(addressSchema),
    review: v.exactOptional(connectReviewSchema),
  }),
  v.looseObject({
    ...base,
    kind: v.literal('prepare'),
    params: prepareParamsSchema,
    plan: v.exactOptional(preparePlanSchema),
    review: v.exactOptional(prepareReviewSchema),
    result: v.exactOptional(prepareResultSchema),
  }),
  v.looseObject({
    ...base,
    kind: v.literal('use'),
    params: useParamsSchema,
    grantId: v.exactOptional(v.string()),
    result: v.exactOptional(useResultSchema),
  }),
  v.looseObject({
    ...base,
    kind: v.literal('revoke'),
    params: revokeParamsSchema,
    by: v.picklist(['dapp', 'person']),
    plan: v.exactOptional(revokePlanSchema),
    review: v.exactOptional(revokeReviewSchema),
    result: v.exactOptional(revokeResultSchema),
  }),
]);
