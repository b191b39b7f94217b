import * as v from 'valibot';
import { sessionActionsSchema } from './actions';
import { instructionsSchema } from './calls';
import { addressSchema, amountSchema, feeTokenSchema } from './primitives';
import { cleanUpSchema, quoteEntries, triggerSchema } from './quoteOptions';

const maxCleanUps = 16;

const enableSessionSchema = v.strictObject({
  actions: sessionActionsSchema,
  /** False: every entry of `actions` is enabled by an operation of its own. */
  batchActions: v.exactOptional(v.boolean(), true),
  /** The most that later uses may pay in fees, in units of the fee token. */
  maxPaymentAmount: v.exactOptional(amountSchema),
  redeemer: v.exactOptional(v.never()),
});

/**
 * `latchkey_prepare`: deploy, fund, install, run instructions and enable a permission, after the person's approval.
 * Everything is optional but the name of the request and, unless somebody else pays, the fee token.
 */
export const prepareParamsSchema = v.strictTuple([
  v.strictObject({
    ...quoteEntries,
    enableSession: v.exactOptional(enableSessionSchema),
    /** Required unless `sponsorship` is true; then later uses are sponsored too if it is absent. */
    feeToken: v.exactOptional(feeTokenSchema),
    smartSessionValidatorAddress: v.exactOptional(addressSchema),
    instructions: v.exactOptional(instructionsSchema, []),
    cleanUps: v.exactOptional(v.pipe(v.array(cleanUpSchema), v.maxLength(maxCleanUps)), []),
    trigger: v.exactOptional(triggerSchema),
  }),
]);

export type PrepareParams = v.InferOutput<typeof prepareParamsSchema>[0];
