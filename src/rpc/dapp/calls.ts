import * as v from 'valibot';
import {
  addressSchema,
  amountSchema,
  bytesSchema,
  chainIdSchema,
  selectorSchema,
  wordSchema,
} from './primitives';

const maxCalls = 256;
const maxInstructions = 64;
const maxPieces = 64;
const maxConstraints = 8;

const gasLimit = v.exactOptional(amountSchema);

/** A call with fixed calldata. `value` is in wei. */
export const plainCallSchema = v.strictObject({
  to: addressSchema,
  value: v.exactOptional(amountSchema, '0x0'),
  data: v.exactOptional(bytesSchema, '0x'),
  gasLimit,
});

/** A condition on one word of a value read at execution; the n-th constraint is on the n-th word. */
const constraintSchema = v.variant('type', [
  v.strictObject({
    type: v.picklist(['equal', 'greaterThanOrEqual', 'lessThanOrEqual']),
    value: wordSchema,
  }),
  v.strictObject({ type: v.literal('inRange'), lower: wordSchema, upper: wordSchema }),
]);

const constraints = v.exactOptional(v.pipe(v.array(constraintSchema), v.maxLength(maxConstraints)), []);

/** One piece of a composable call's calldata: fixed bytes, or what a view call or a balance gives at execution. */
const inputSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('raw'), data: bytesSchema, constraints }),
  v.strictObject({ kind: v.literal('staticCall'), target: addressSchema, data: bytesSchema, constraints }),
  /** The zero address as token is the chain's own coin. */
  v.strictObject({ kind: v.literal('balance'), token: addressSchema, account: addressSchema, constraints }),
]);

/** A call whose calldata is put together at execution: a selector, then its pieces in order. */
export const composableCallSchema = v.strictObject({
  to: addressSchema,
  value: v.exactOptional(amountSchema, '0x0'),
  selector: selectorSchema,
  inputs: v.pipe(v.array(inputSchema), v.minLength(1), v.maxLength(maxPieces)),
  gasLimit,
});

const instructionsOf = <C extends v.GenericSchema>(call: C) =>
  v.pipe(
    v.array(
      v.strictObject({
        chainId: chainIdSchema,
        calls: v.pipe(v.array(call), v.minLength(1), v.maxLength(maxCalls)),
      }),
    ),
    v.maxLength(maxInstructions),
  );

/** Instructions of a USE: the session key signs fixed calls only. At least one. */
export const plainInstructionsSchema = v.pipe(instructionsOf(plainCallSchema), v.minLength(1));

/** Instructions of a PREPARE, which the owner signs: fixed or composable calls. */
export const instructionsSchema = instructionsOf(v.union([plainCallSchema, composableCallSchema]));

export type RequestedPlainCall = v.InferOutput<typeof plainCallSchema>;
export type RequestedComposableCall = v.InferOutput<typeof composableCallSchema>;
