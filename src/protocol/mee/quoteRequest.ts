import type { Address, Hex } from 'viem';
import { type MeeVersion, type MeeVersionConfig, meeVersions } from '../constants/versions';
import type { SessionDetails } from '../session/details';
import { QuoteRequestError } from './quoteRequestError';

/** Gas that a call gets when the caller names none; a simulation replaces it. */
export const defaultCallGasLimit = 700_000n;

const paymentCallGasLimit = 75_000n;
const verificationGas = { ownerPayment: 150_000n, sessionPayment: 1_000_000n, next: 250_000n } as const;

/** Human note on an operation; informative only, nothing reads it for safety. */
export type OperationMetadata = { type: 'CUSTOM'; description: string; chainId: number };

/** One operation of a quote request. Every bigint goes out as a decimal string. */
export type RequestedUserOp = {
  lowerBoundTimestamp: number;
  upperBoundTimestamp: number;
  sender: Address;
  callData: Hex;
  callGasLimit: bigint;
  nonce: bigint;
  chainId: bigint;
  isCleanUpUserOp: boolean;
  /** Only on the first operation of a chain where the account has no code. */
  initCode?: Hex;
  verificationGasLimit?: bigint;
  shortEncoding: boolean;
  sessionDetails?: SessionDetails;
  metadata: readonly OperationMetadata[];
};

/** How the supertransaction is paid: the account itself, in an ERC-20. */
type RequestedPayment = {
  sponsored: false;
  sender: Address;
  token: Address;
  nonce: bigint;
  callGasLimit: bigint;
  verificationGasLimit: bigint;
  chainId: bigint;
  initCode?: Hex;
  shortEncoding?: boolean;
  sessionDetails?: SessionDetails;
};

/** Body of `POST quote`; serialise with `encodeJson`. */
export type QuoteRequest = {
  quoteType: 'simple';
  userOps: readonly RequestedUserOp[];
  paymentInfo: RequestedPayment;
  meeVersions: readonly { chainId: number; version: MeeVersionConfig }[];
  simulation?: { simulate: boolean };
};

/** An operation as the caller plans it. */
export type PlannedUserOp = {
  chainId: number;
  callData: Hex;
  nonce: bigint;
  /** Number of calls inside, each counted with `defaultCallGasLimit`; or the exact gas. */
  gas: { calls: number } | { limit: bigint };
  /** Only where the account has no code and neither the payment nor an earlier operation on the chain deploys it. */
  initCode?: Hex;
  /** Defaults to one "Custom on-chain action". */
  metadata?: readonly OperationMetadata[];
};

export type QuoteRequestParameters = {
  account: Address;
  version: MeeVersion;
  /** At least one. */
  userOps: readonly PlannedUserOp[];
  payment: { token: Address; chainId: number; nonce: bigint; initCode?: Hex };
  /** Unix seconds. */
  bounds: { lower: number; upper: number };
  simulate?: boolean;
} & (
  | { mode: 'PREPARE' }
  | {
      mode: 'USE';
      /** One per chain that pays or acts. */
      sessionDetails: readonly SessionDetails[];
    }
);

/**
 * The quote request of a simple supertransaction: PREPARE (owner signs, full encoding) or USE (session key signs,
 * short encoding). Payment is operation 0 of the answer and is described by `paymentInfo`.
 * @throws QuoteRequestError `NO_OPERATIONS`, `BOUNDS`, `SESSION_DETAILS_MISSING`
 */
export function buildQuoteRequest(parameters: QuoteRequestParameters): QuoteRequest {
  assertPlan(parameters);
  return {
    quoteType: 'simple',
    userOps: parameters.userOps.map((planned) => requestedUserOp(planned, parameters)),
    paymentInfo: requestedPayment(parameters),
    meeVersions: involvedChains(parameters).map((chainId) => ({
      version: meeVersions[parameters.version],
      chainId,
    })),
    ...(parameters.simulate === undefined ? {} : { simulation: { simulate: parameters.simulate } }),
  };
}

function requestedUserOp(planned: PlannedUserOp, parameters: QuoteRequestParameters): RequestedUserOp {
  const { mode, account, bounds } = parameters;
  return {
    lowerBoundTimestamp: bounds.lower,
    upperBoundTimestamp: bounds.upper,
    sender: account,
    callData: planned.callData,
    callGasLimit:
      'limit' in planned.gas ? planned.gas.limit : defaultCallGasLimit * BigInt(planned.gas.calls),
    nonce: planned.nonce,
    chainId: BigInt(planned.chainId),
    isCleanUpUserOp: false,
    ...(planned.initCode === undefined ? {} : { initCode: planned.initCode }),
    ...(mode === 'USE' ? { verificationGasLimit: sessionVerificationGas(planned, parameters) } : {}),
    shortEncoding: mode === 'USE',
    ...(mode === 'USE' ? { sessionDetails: detailsOn(planned.chainId, parameters.sessionDetails) } : {}),
    metadata: planned.metadata ?? [
      { type: 'CUSTOM', description: 'Custom on-chain action', chainId: planned.chainId },
    ],
  };
}

function sessionVerificationGas(
  planned: PlannedUserOp,
  { payment, userOps }: QuoteRequestParameters,
): bigint {
  if (planned.chainId === payment.chainId) return verificationGas.next;
  const first = userOps.find((other) => other.chainId === planned.chainId);
  return first === planned ? verificationGas.sessionPayment : verificationGas.next;
}

function requestedPayment(parameters: QuoteRequestParameters): RequestedPayment {
  const { account, mode, payment } = parameters;
  return {
    sponsored: false,
    sender: account,
    token: payment.token,
    nonce: payment.nonce,
    callGasLimit: paymentCallGasLimit,
    verificationGasLimit: mode === 'USE' ? verificationGas.sessionPayment : verificationGas.ownerPayment,
    chainId: BigInt(payment.chainId),
    ...(payment.initCode === undefined ? {} : { initCode: payment.initCode }),
    ...(mode === 'USE'
      ? { shortEncoding: true, sessionDetails: detailsOn(payment.chainId, parameters.sessionDetails) }
      : {}),
  };
}

function detailsOn(chainId: number, details: readonly SessionDetails[]): SessionDetails {
  const found = details.filter(
    (detail) => detail.enableSessionData.enableSession.sessionToEnable.chainId === BigInt(chainId),
  );
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  throw new QuoteRequestError('SESSION_DETAILS_MISSING', {
    shortMessage: `Chain ${chainId} needs exactly one session, ${found.length} given.`,
    action: 'Use a permission that was granted on every chain that acts or pays.',
  });
}

function involvedChains({ userOps, payment }: QuoteRequestParameters): readonly number[] {
  return [...new Set([...userOps.map((planned) => planned.chainId), payment.chainId])];
}

function assertPlan({ userOps, bounds }: QuoteRequestParameters): void {
  if (userOps.length === 0) {
    throw new QuoteRequestError('NO_OPERATIONS', {
      shortMessage: 'A quote needs at least one operation.',
      action: 'Add a call.',
    });
  }
  const { lower, upper } = bounds;
  if (Number.isSafeInteger(lower) && Number.isSafeInteger(upper) && lower > 0 && lower < upper) return;
  throw new QuoteRequestError('BOUNDS', {
    shortMessage: 'The time bounds of a quote must be unix seconds, the lower before the upper.',
    details: `Got ${lower} to ${upper}.`,
    action: 'Take both from the current time in seconds.',
  });
}
