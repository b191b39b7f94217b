import * as v from 'valibot';
import type { Hex } from 'viem';
import { parseAnswer } from './answer';
import { addressSchema, bytesSchema, decimalSchema, hashSchema, textSchema } from './wire';

const maxUserOps = 64;
const maxListed = 2_000;

const filledUserOpSchema = v.looseObject({
  sender: addressSchema,
  nonce: decimalSchema,
  initCode: bytesSchema,
  callData: bytesSchema,
  callGasLimit: decimalSchema,
  verificationGasLimit: decimalSchema,
  maxFeePerGas: decimalSchema,
  maxPriorityFeePerGas: decimalSchema,
  paymasterAndData: bytesSchema,
  preVerificationGas: decimalSchema,
  signature: v.optional(bytesSchema),
});

const quantitySchema = v.custom<Hex>(
  (input) => typeof input === 'string' && /^0x[0-9a-fA-F]{1,64}$/.test(input),
  'expected a number as hex',
);

const eip7702AuthSchema = v.looseObject({
  chainId: quantitySchema,
  address: addressSchema,
  nonce: quantitySchema,
  r: quantitySchema,
  s: quantitySchema,
  yParity: quantitySchema,
});

const quotedUserOpEntries = {
  userOp: filledUserOpSchema,
  userOpHash: hashSchema,
  meeUserOpHash: hashSchema,
  lowerBoundTimestamp: decimalSchema,
  upperBoundTimestamp: decimalSchema,
  maxGasLimit: decimalSchema,
  maxFeePerGas: decimalSchema,
  chainId: decimalSchema,
  shortEncoding: v.optional(v.boolean()),
  isCleanUpUserOp: v.optional(v.boolean()),
  eip7702Auth: v.optional(eip7702AuthSchema),
  sessionDetails: v.optional(v.looseObject({ permissionId: hashSchema })),
};

const quoteEntries = {
  hash: hashSchema,
  node: addressSchema,
  commitment: bytesSchema,
  quoteType: v.optional(textSchema),
  paymentInfo: v.looseObject({
    sponsored: v.boolean(),
    sender: addressSchema,
    token: addressSchema,
    nonce: decimalSchema,
    chainId: decimalSchema,
    eoa: v.optional(addressSchema),
    tokenAmount: textSchema,
    tokenWeiAmount: decimalSchema,
    tokenValue: textSchema,
  }),
};

const quoteSchema = v.looseObject({
  ...quoteEntries,
  userOps: v.pipe(v.array(v.looseObject(quotedUserOpEntries)), v.minLength(1), v.maxLength(maxUserOps)),
});

const explorerSchema = v.looseObject({
  ...quoteEntries,
  userOps: v.pipe(
    v.array(
      v.looseObject({
        ...quotedUserOpEntries,
        executionStatus: v.picklist(['PENDING', 'MINING', 'MINED_SUCCESS', 'MINED_FAIL', 'FAILED']),
        executionData: v.optional(textSchema),
        executionError: v.optional(textSchema),
        isConfirmed: v.optional(v.boolean()),
      }),
    ),
    v.minLength(1),
    v.maxLength(maxUserOps),
  ),
});

const paymentTokenSchema = v.looseObject({
  name: textSchema,
  symbol: textSchema,
  address: addressSchema,
  decimals: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(255)),
  permitEnabled: v.optional(v.boolean()),
});

const infoSchema = v.looseObject({
  version: textSchema,
  node: addressSchema,
  supportedChains: v.pipe(
    v.array(v.looseObject({ chainId: decimalSchema, name: v.optional(textSchema) })),
    v.maxLength(maxListed),
  ),
  supportedGasTokens: v.pipe(
    v.array(
      v.looseObject({
        chainId: decimalSchema,
        isArbitraryFeeTokensSupported: v.optional(v.boolean()),
        paymentTokens: v.pipe(v.array(paymentTokenSchema), v.maxLength(maxListed)),
      }),
    ),
    v.maxLength(maxListed),
  ),
});

const execSchema = v.looseObject({ hash: hashSchema });

/** A UserOperation (EntryPoint v0.7) as the node filled it; numbers as decimal text. */
export type FilledUserOp = v.InferOutput<typeof filledUserOpSchema>;
/** Answer of `POST quote`. Index 0 of `userOps` is the payment. Untrusted until `verifyQuote`. */
export type QuoteResponse = v.InferOutput<typeof quoteSchema>;
/** Answer of `GET explorer/{hash}`. */
export type ExplorerResponse = v.InferOutput<typeof explorerSchema>;
/** Answer of `GET info`. */
export type InfoResponse = v.InferOutput<typeof infoSchema>;
/** Answer of `POST exec`. */
export type ExecResponse = v.InferOutput<typeof execSchema>;

/** Reads a quote answer; members this code doesn't know are kept. @throws NodeResponseError */
export function parseQuoteResponse(json: unknown): QuoteResponse {
  return parseAnswer('quote', quoteSchema, json);
}

/** Reads an explorer answer. @throws NodeResponseError */
export function parseExplorerResponse(json: unknown): ExplorerResponse {
  return parseAnswer('explorer', explorerSchema, json);
}

/** Reads an info answer. @throws NodeResponseError */
export function parseInfoResponse(json: unknown): InfoResponse {
  return parseAnswer('info', infoSchema, json);
}

/** Reads an exec answer. @throws NodeResponseError */
export function parseExecResponse(json: unknown): ExecResponse {
  return parseAnswer('exec', execSchema, json);
}
