import * as v from 'valibot';
import { addressSchema, amountSchema, chainIdSchema, requestIdSchema, timestampSchema } from './primitives';

const maxBufferPercent = 1000;
const maxDependencies = 64;

const simulationSchema = v.strictObject({
  simulate: v.boolean(),
  /** Chain id in digits to percent that is added to the simulated gas limit. */
  gasLimitBuffers: v.exactOptional(
    v.record(
      v.pipe(v.string(), v.regex(/^\d{1,16}$/, 'must be a chain id in digits')),
      v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(maxBufferPercent)),
    ),
  ),
});

/** A sponsor of the dapp's own; without it the node itself sponsors. */
const sponsorshipOptionsSchema = v.strictObject({
  url: v.pipe(
    v.string(),
    v.url('must be an http or https address'),
    v.regex(/^https?:\/\//),
    v.maxLength(2048),
  ),
  gasTank: v.strictObject({ address: addressSchema, token: addressSchema, chainId: chainIdSchema }),
});

/** A transfer of what is left, after everything else. */
export const cleanUpSchema = v.strictObject({
  /** The zero address is the chain's own coin. */
  tokenAddress: addressSchema,
  chainId: chainIdSchema,
  recipientAddress: addressSchema,
  /** Absent: the whole balance at execution. */
  amount: v.exactOptional(amountSchema),
  gasLimit: v.exactOptional(amountSchema),
  /** Positions of user operations that must have run, from 1. Default: the last one. */
  dependsOn: v.exactOptional(
    v.pipe(
      v.array(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
      v.minLength(1),
      v.maxLength(maxDependencies),
    ),
  ),
});

/** Funds that the owner's own address brings in: by permit, by an approval on chain, or in the chain's own coin. */
export const triggerSchema = v.strictObject({
  /** The zero address is the chain's own coin. */
  tokenAddress: addressSchema,
  chainId: chainIdSchema,
  /** Without the fee. Absent only with `useMaxAvailableFunds`. */
  amount: v.exactOptional(amountSchema),
  /** Approved instead of amount and fee. */
  approvalAmount: v.exactOptional(amountSchema),
  /** Who gets the funds. Default: the account. */
  recipientAddress: v.exactOptional(addressSchema),
  useMaxAvailableFunds: v.exactOptional(v.boolean(), false),
  gasLimit: v.exactOptional(amountSchema),
});

/** What PREPARE and USE share. */
export const quoteEntries = {
  requestId: requestIdSchema,
  sponsorship: v.exactOptional(v.boolean(), false),
  sponsorshipOptions: v.exactOptional(sponsorshipOptionsSchema),
  /** Act by the owner's own address, delegated by EIP-7702. */
  delegate: v.exactOptional(v.boolean(), false),
  lowerBoundTimestamp: v.exactOptional(timestampSchema),
  upperBoundTimestamp: v.exactOptional(timestampSchema),
  simulation: v.exactOptional(simulationSchema),
  authorization: v.exactOptional(v.never()),
  authorizations: v.exactOptional(v.never()),
};

export type Trigger = v.InferOutput<typeof triggerSchema>;
export type CleanUp = v.InferOutput<typeof cleanUpSchema>;
export type SponsorshipOptions = v.InferOutput<typeof sponsorshipOptionsSchema>;
export type Simulation = v.InferOutput<typeof simulationSchema>;
