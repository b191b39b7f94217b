import * as v from 'valibot';
import {
  addressSchema,
  grantIdSchema,
  permissionReferenceSchema,
  requestIdSchema,
  selectorSchema,
} from './primitives';

const maxPermissions = 64;

/** `latchkey_getRequest`: how far a request of this origin is. */
export const getRequestParamsSchema = v.strictTuple([v.strictObject({ requestId: requestIdSchema })]);

/** `latchkey_isPermissionEnabled`: whether the chain holds the permission now. */
export const isPermissionEnabledParamsSchema = v.strictTuple([permissionReferenceSchema]);

/** `latchkey_checkEnabledPermissions`: the same of several permissions. */
export const checkEnabledPermissionsParamsSchema = v.strictTuple([
  v.pipe(v.array(permissionReferenceSchema), v.minLength(1), v.maxLength(maxPermissions)),
]);

/** `latchkey_getUsage`: limit, used and remaining per policy, read from the chain. */
export const getUsageParamsSchema = v.strictTuple([v.strictObject({ grantId: grantIdSchema })]);

/**
 * `latchkey_revoke`: end a grant, or one action of it. It ends here at once; then the person is asked to have it removed
 * on chain.
 */
export const revokeParamsSchema = v.strictTuple([
  v.strictObject({
    requestId: requestIdSchema,
    grantId: grantIdSchema,
    /** Only this action, on every chain that holds it; without it the whole permission is removed. */
    action: v.exactOptional(
      v.strictObject({ actionTarget: addressSchema, actionTargetSelector: selectorSchema }),
    ),
  }),
]);

/** Methods without parameters. */
export const noParamsSchema = v.optional(v.strictTuple([]), []);

export type RevokeParams = v.InferOutput<typeof revokeParamsSchema>[0];
