import * as v from 'valibot';
import { addressSchema, hexSchema } from './primitives';

/** A policy as SmartSession stores it. */
export const encodedPolicySchema = v.looseObject({ policy: addressSchema, initData: hexSchema });

/** An action as SmartSession stores it. */
export const actionDataSchema = v.looseObject({
  actionTarget: addressSchema,
  actionTargetSelector: hexSchema,
  actionPolicies: v.array(encodedPolicySchema),
});

export const actionStateSchema = v.picklist(['enabled', 'notEnabled', 'revoked']);
