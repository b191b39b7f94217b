import * as v from 'valibot';
import { plainInstructionsSchema } from './calls';
import { feeTokenSchema, grantIdSchema, permissionReferenceSchema } from './primitives';
import { quoteEntries } from './quoteOptions';

const maxPermissions = 64;

/** `latchkey_use`: execute calls inside a permission, with no prompt. */
export const useParamsSchema = v.strictTuple([
  v.strictObject({
    ...quoteEntries,
    /** The grant to use. Without it, the grant of this origin whose scope fits. */
    grantId: v.exactOptional(grantIdSchema),
    /** The permissions to use, as PREPARE gave them: another way to name the grant. */
    sessionDetails: v.exactOptional(
      v.pipe(v.array(permissionReferenceSchema), v.minLength(1), v.maxLength(maxPermissions)),
    ),
    instructions: plainInstructionsSchema,
    /** Default: the grant's. */
    feeToken: v.exactOptional(feeTokenSchema),
  }),
]);

/** `latchkey_checkCalls`: whether USE would pass, with the same reasons; nothing is signed, counted or sent. */
export const checkCallsParamsSchema = v.strictTuple([
  v.strictObject({
    grantId: v.exactOptional(grantIdSchema),
    instructions: plainInstructionsSchema,
  }),
]);

export type UseParams = v.InferOutput<typeof useParamsSchema>[0];
