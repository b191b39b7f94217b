import * as v from 'valibot';
import { type Address, getAddress, type Hex, isAddress, isHex } from 'viem';
import { MalformedRequestError } from './nodeError';

const hex = v.custom<Hex>((value) => isHex(value) && value.length % 2 === 0, 'must be hex of whole bytes');
const bytes32 = v.custom<Hex>((value) => isHex(value) && value.length === 66, 'must be 32 bytes of hex');
const address = v.pipe(
  v.custom<Address>(
    (value) => typeof value === 'string' && isAddress(value, { strict: false }),
    'must be an address',
  ),
  v.transform((value) => getAddress(value)),
);
const amount = v.pipe(
  v.union([v.string(), v.pipe(v.number(), v.safeInteger())]),
  v.transform((value) => value.toString()),
  v.regex(/^\d{1,78}$/, 'must be a decimal number'),
  v.transform((digits) => BigInt(digits)),
);
const chainId = v.pipe(
  v.union([v.string(), v.number()]),
  v.transform((value) => Number(value)),
  v.safeInteger('must be a chain id'),
);
const seconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const sessionDetails = v.looseObject({ permissionId: bytes32 });

const opRequest = v.object({
  sender: address,
  nonce: amount,
  callData: hex,
  callGasLimit: amount,
  verificationGasLimit: v.optional(amount),
  chainId,
  lowerBoundTimestamp: seconds,
  upperBoundTimestamp: seconds,
  executionSimulationRetryDelay: v.optional(v.pipe(v.number(), v.minValue(0))),
  initCode: v.optional(hex),
  eip7702Auth: v.optional(v.unknown()),
  shortEncoding: v.optional(v.boolean(), false),
  isCleanUpUserOp: v.optional(v.boolean(), false),
  sessionDetails: v.optional(sessionDetails),
  metadata: v.optional(v.array(v.unknown())),
});

const paymentRequest = v.object({
  sponsored: v.boolean(),
  sender: address,
  token: address,
  nonce: amount,
  callGasLimit: amount,
  verificationGasLimit: v.optional(amount),
  chainId,
  initCode: v.optional(hex),
  eip7702Auth: v.optional(v.unknown()),
  shortEncoding: v.optional(v.boolean(), false),
  sessionDetails: v.optional(sessionDetails),
});

const quoteRequest = v.object({
  quoteType: v.string(),
  userOps: v.pipe(v.array(opRequest), v.minLength(1, 'must hold at least one operation')),
  paymentInfo: paymentRequest,
  meeVersions: v.array(v.object({ chainId, version: v.object({ version: v.string() }) })),
  simulation: v.optional(v.object({ simulate: v.optional(v.boolean(), false) })),
});

const execRequest = v.object({ hash: bytes32, signature: hex });

const echoed = v.object({ paymentInfo: v.record(v.string(), v.unknown()) });

/** One operation of a quote request. Amounts in gas units, times in unix seconds. */
export type OpRequest = v.InferOutput<typeof opRequest>;
/** Who pays, in which token, from which account. */
export type PaymentRequest = v.InferOutput<typeof paymentRequest>;
/** Body of `POST /v1/quote`. */
export type QuoteRequest = v.InferOutput<typeof quoteRequest>;
/** What the node reads from the body of `POST /v1/exec`; the rest it knows since it gave the quote. */
export type ExecRequest = v.InferOutput<typeof execRequest>;

function parse<const TSchema extends v.GenericSchema>(
  schema: TSchema,
  body: unknown,
): v.InferOutput<TSchema> {
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  throw new MalformedRequestError(
    result.issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message })),
  );
}

/** @throws MalformedRequestError with a line for each wrong field */
export const parseQuoteRequest = (body: unknown): QuoteRequest => parse(quoteRequest, body);

/** @throws MalformedRequestError with a line for each wrong field */
export const parseExecRequest = (body: unknown): ExecRequest => parse(execRequest, body);

/** The payment part of a quote request as it came, for the answer. */
export const readPaymentInfo = (body: unknown): Record<string, unknown> => parse(echoed, body).paymentInfo;
