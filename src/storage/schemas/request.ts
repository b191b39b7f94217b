import * as v from 'valibot';
import type { PreparePlan, RequestRecord } from '../records';
import { permissionSchema } from './permission';
import {
  addressSchema,
  amountSchema,
  feeTokenSchema,
  hexSchema,
  versionSchema,
  wholeSchema,
} from './primitives';
import { connectReviewSchema, prepareReviewSchema } from './review';

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
  operations: v.array(v.looseObject({ chainId: wholeSchema, nonce: amountSchema, userOpHash: hexSchema })),
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

const boundsAndName = {
  requestId: v.string(),
  lowerBoundTimestamp: v.exactOptional(wholeSchema),
  upperBoundTimestamp: v.exactOptional(wholeSchema),
};

const prepareParamsSchema = v.looseObject({
  ...boundsAndName,
  enableSession: v.looseObject({
    actions: v.array(
      v.looseObject({
        chainId: wholeSchema,
        actions: v.array(
          v.looseObject({
            actionTarget: addressSchema,
            actionTargetSelector: hexSchema,
            actionPolicies: v.array(v.looseObject({ policy: addressSchema, initData: hexSchema })),
            signature: v.exactOptional(v.string()),
          }),
        ),
      }),
    ),
    maxPaymentAmount: v.exactOptional(amountSchema),
  }),
  feeToken: feeTokenSchema,
});

const useParamsSchema = v.looseObject({
  ...boundsAndName,
  grantId: v.exactOptional(v.string()),
  instructions: v.array(
    v.looseObject({
      chainId: wholeSchema,
      calls: v.array(v.looseObject({ to: addressSchema, value: amountSchema, data: hexSchema })),
    }),
  ),
  feeToken: v.exactOptional(feeTokenSchema),
});

const planSchema: v.GenericSchema<PreparePlan> = v.looseObject({
  grantId: v.string(),
  account: addressSchema,
  owner: addressSchema,
  version: versionSchema,
  redeemer: addressSchema,
  permissions: v.array(permissionSchema),
  feeToken: feeTokenSchema,
  feeEstimate: amountSchema,
  feeMax: amountSchema,
  feeBudget: amountSchema,
});

const outcome = {
  requestId: v.string(),
  grantId: v.string(),
  hash: hexSchema,
  transactions: transactionsSchema,
};

const prepareResultSchema = v.looseObject({
  ...outcome,
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
    plan: v.exactOptional(planSchema),
    review: v.exactOptional(prepareReviewSchema),
    result: v.exactOptional(prepareResultSchema),
  }),
  v.looseObject({
    ...base,
    kind: v.literal('use'),
    params: useParamsSchema,
    grantId: v.exactOptional(v.string()),
    result: v.exactOptional(v.looseObject(outcome)),
  }),
]);
