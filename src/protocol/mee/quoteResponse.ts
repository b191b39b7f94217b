import * as v from 'valibot';
import { ProtocolError } from '../errors';
import { addressSchema, bytesSchema, decimalSchema, hashSchema, textSchema } from './wire';

/** A node answer that doesn't have the shape it must have. Code `NODE_RESPONSE_MALFORMED`. */
export class NodeResponseError extends ProtocolError {
  /** Dotted path of the first wrong member. */
  readonly path: string;

  constructor(answer: string, path: string, message: string) {
    super('NODE_RESPONSE_MALFORMED', {
      shortMessage: `The node's ${answer} answer can't be read.`,
      details: `${path === '' ? 'The answer' : path}: ${message}`,
      action: 'Nothing was signed. Try again, or choose another node.',
    });
    this.path = path;
  }
}

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
  return parse('quote', quoteSchema, json);
}

/** Reads an explorer answer. @throws NodeResponseError */
export function parseExplorerResponse(json: unknown): ExplorerResponse {
  return parse('explorer', explorerSchema, json);
}

/** Reads an info answer. @throws NodeResponseError */
export function parseInfoResponse(json: unknown): InfoResponse {
  return parse('info', infoSchema, json);
}

/** Reads an exec answer. @throws NodeResponseError */
export function parseExecResponse(json: unknown): ExecResponse {
  return parse('exec', execSchema, json);
}

function parse<S extends v.GenericSchema>(answer: string, schema: S, json: unknown): v.InferOutput<S> {
  const result = v.safeParse(schema, json, { abortEarly: true });
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new NodeResponseError(answer, v.getDotPath(issue) ?? '', issue.message);
}
