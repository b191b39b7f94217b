import * as v from 'valibot';
import { MalformedRequestError } from './nodeError';
import { address, amount, authorization, bytes32, chainId, hex, overrides, seconds } from './wireParts';

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
  eip7702Auth: v.optional(authorization),
  shortEncoding: v.optional(v.boolean(), false),
  isCleanUpUserOp: v.optional(v.boolean(), false),
  sessionDetails: v.optional(sessionDetails),
  metadata: v.optional(v.array(v.unknown())),
  simulationOverrides: v.optional(overrides),
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
  eip7702Auth: v.optional(authorization),
  shortEncoding: v.optional(v.boolean(), false),
  sessionDetails: v.optional(sessionDetails),
  eoa: v.optional(address),
  sponsorshipUrl: v.optional(v.string()),
});

const triggerRequest = v.object({
  tokenAddress: address,
  chainId,
  amount,
  approvalAmount: v.optional(amount),
  recipientAddress: v.optional(address),
});

const simulationRequest = v.object({
  simulate: v.optional(v.boolean(), false),
  overrides: v.optional(overrides),
  gasLimitBuffers: v.optional(v.record(v.string(), amount), {}),
});

const versionRequest = v.object({ version: v.string(), ethForwarderAddress: address });

const quoteRequest = v.object({
  quoteType: v.picklist(['simple', 'permit', 'onchain'], 'is not offered by this node'),
  userOps: v.pipe(v.array(opRequest), v.minLength(1, 'must hold at least one operation')),
  paymentInfo: paymentRequest,
  meeVersions: v.array(v.object({ chainId, version: versionRequest })),
  simulation: v.optional(simulationRequest),
  trigger: v.optional(triggerRequest),
});

const execRequest = v.object({
  hash: bytes32,
  signature: hex,
  userOps: v.optional(v.array(v.object({ userOp: v.object({ signature: v.optional(hex) }) })), []),
});

const echoed = v.object({ paymentInfo: v.record(v.string(), v.unknown()) });

/** One operation of a quote request. Amounts in gas units, times in unix seconds. */
export type OpRequest = v.InferOutput<typeof opRequest>;
/** Who pays, in which token, from which account. */
export type PaymentRequest = v.InferOutput<typeof paymentRequest>;
/** What the owner does on chain before the first operation: approve or send, in smallest units and without the fee. */
export type TriggerRequest = v.InferOutput<typeof triggerRequest>;
/** Body of `POST /v1/quote` and `POST /v1/quote-permit`. */
export type QuoteRequest = v.InferOutput<typeof quoteRequest>;
/** How a supertransaction will be signed: by itself, inside a permit, or inside a transaction. */
export type QuoteType = QuoteRequest['quoteType'];
/**
 * What the node reads from the body of `POST /v1/exec`; the rest it knows since it gave the quote. An operation may
 * bring its own signature, complete as EntryPoint takes it.
 */
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
