import * as v from 'valibot';
import { addressSchema, bytesSchema, chainIdSchema, selectorSchema } from './primitives';

const maxActions = 256;
const maxPolicies = 16;
const maxEntries = 64;

const policySchema = v.strictObject({ policy: addressSchema, initData: bytesSchema });

const actionSchema = v.strictObject({
  actionTarget: addressSchema,
  actionTargetSelector: selectorSchema,
  actionPolicies: v.pipe(
    v.array(policySchema),
    v.minLength(1, 'must name at least one policy; full access is asked for with the sudo policy'),
    v.maxLength(maxPolicies),
  ),
  /** The dapp's claim of what the selector means, as `name(type,type)`. Checked against the selector. */
  signature: v.exactOptional(v.pipe(v.string(), v.maxLength(256))),
});

const sessionActionSchema = v.strictObject({
  chainId: chainIdSchema,
  actions: v.pipe(v.array(actionSchema), v.minLength(1), v.maxLength(maxActions)),
});

/** What a permission is to hold: at least one entry; several of one chain belong to one session. */
export const sessionActionsSchema = v.pipe(
  v.array(sessionActionSchema),
  v.minLength(1),
  v.maxLength(maxEntries),
);

export type RequestedAction = v.InferOutput<typeof actionSchema>;
