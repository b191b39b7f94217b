import type { Address, Hex } from 'viem';
import type { Eip7702Auth } from '../account/authorization';
import { type MeeVersionConfig, meeVersions } from '../constants/versions';
import type { SessionDetails } from '../session/details';
import { defaultCallGasLimit, operationVerificationGas } from './gas';
import { assertBounds } from './instruction';
import { customMetadata, type OperationMetadata } from './metadata';
import type { PlannedUserOp, QuoteRequestParameters } from './quotePlan';
import { QuoteRequestError } from './quoteRequestError';
import { type RequestedPayment, requestedPayment } from './requestedPayment';
import type { SimulationOptions, SimulationOverrides } from './simulation';
import type { QuoteType, RequestedTrigger } from './trigger';

export type { OperationMetadata } from './metadata';
export type { QuoteRequestParameters } from './quotePlan';

/** One operation of a quote request. Every bigint goes out as a decimal string. */
export type RequestedUserOp = {
  lowerBoundTimestamp: number;
  upperBoundTimestamp: number;
  executionSimulationRetryDelay?: number;
  sender: Address;
  callData: Hex;
  callGasLimit: bigint;
  nonce: bigint;
  chainId: bigint;
  isCleanUpUserOp: boolean;
  /** Only on the first operation of a chain where the account has no code. */
  initCode?: Hex;
  /** Instead of `initCode` where the account is the owner's own address. */
  eip7702Auth?: Eip7702Auth;
  verificationGasLimit?: bigint;
  shortEncoding: boolean;
  sessionDetails?: SessionDetails;
  metadata: readonly OperationMetadata[];
  simulationOverrides?: SimulationOverrides;
};

/** Body of `POST quote` or `POST quote-permit`; serialise with `encodeJson`. */
export type QuoteRequest = {
  quoteType: QuoteType;
  userOps: readonly RequestedUserOp[];
  paymentInfo: RequestedPayment;
  meeVersions: readonly { chainId: number; version: MeeVersionConfig }[];
  simulation?: SimulationOptions;
  trigger?: RequestedTrigger;
};

/**
 * The quote request of a supertransaction: PREPARE (owner signs, full encoding) or USE (session key signs, short
 * encoding). Payment is operation 0 of the answer and is described by `paymentInfo`.
 * @throws QuoteRequestError `NO_OPERATIONS`, `BOUNDS`, `SESSION_DETAILS_MISSING`
 */
export function buildQuoteRequest(parameters: QuoteRequestParameters): QuoteRequest {
  assertPlan(parameters);
  const { version, simulate } = parameters;
  const simulation = parameters.simulation ?? (simulate === undefined ? undefined : { simulate });
  const trigger = parameters.mode === 'PREPARE' ? parameters.trigger : undefined;
  return {
    quoteType: trigger?.quoteType ?? 'simple',
    userOps: parameters.userOps.map((planned) => requestedUserOp(planned, parameters)),
    paymentInfo: requestedPayment(parameters.payment, {
      ...parameters,
      sessionDetails: paymentDetails(parameters),
      trigger,
    }),
    meeVersions: involvedChains(parameters).map((chainId) => ({ version: meeVersions[version], chainId })),
    ...(simulation === undefined ? {} : { simulation }),
    ...(trigger === undefined ? {} : { trigger: trigger.request }),
  };
}

/** Path of the node that takes the request, behind its base address. */
export function quotePath({ quoteType }: Pick<QuoteRequest, 'quoteType'>): 'quote' | 'quote-permit' {
  return quoteType === 'simple' ? 'quote' : 'quote-permit';
}

function requestedUserOp(planned: PlannedUserOp, parameters: QuoteRequestParameters): RequestedUserOp {
  const { mode, account } = parameters;
  const bounds = { ...parameters.bounds, ...planned.bounds };
  assertBounds(bounds);
  const retryDelay = planned.retryDelay ?? parameters.retryDelay;
  const verificationGas = operationVerificationGas(planned, parameters);
  const { initCode, eip7702Auth, simulationOverrides } = planned;
  return {
    lowerBoundTimestamp: bounds.lower,
    upperBoundTimestamp: bounds.upper,
    ...(retryDelay === undefined ? {} : { executionSimulationRetryDelay: retryDelay }),
    sender: account,
    callData: planned.callData,
    callGasLimit:
      'limit' in planned.gas ? planned.gas.limit : defaultCallGasLimit * BigInt(planned.gas.calls),
    nonce: planned.nonce,
    chainId: BigInt(planned.chainId),
    isCleanUpUserOp: planned.isCleanUp ?? false,
    ...(initCode === undefined ? {} : { initCode }),
    ...(eip7702Auth === undefined ? {} : { eip7702Auth }),
    ...(verificationGas === undefined ? {} : { verificationGasLimit: verificationGas }),
    shortEncoding: mode === 'USE',
    ...(mode === 'USE' ? { sessionDetails: detailsOn(planned.chainId, parameters.sessionDetails) } : {}),
    metadata: planned.metadata ?? [customMetadata(planned.chainId)],
    ...(simulationOverrides === undefined ? {} : { simulationOverrides }),
  };
}

/** A sponsor's payment is not signed by the session key. */
function paymentDetails(parameters: QuoteRequestParameters): SessionDetails | undefined {
  if (parameters.mode !== 'USE' || 'sponsor' in parameters.payment) return undefined;
  return detailsOn(parameters.payment.chainId, parameters.sessionDetails);
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

/** A sponsor pays from an account of its own, so its chain does not count. */
function involvedChains({ userOps, payment }: QuoteRequestParameters): readonly number[] {
  const acting = userOps.map((planned) => planned.chainId);
  return [...new Set('sponsor' in payment ? acting : [...acting, payment.chainId])];
}

function assertPlan({ mode, userOps, bounds }: QuoteRequestParameters): void {
  assertBounds(bounds);
  if (userOps.length === 0) {
    throw new QuoteRequestError('NO_OPERATIONS', {
      shortMessage: 'A quote needs at least one operation.',
      action: 'Add a call.',
    });
  }
  if (mode === 'USE' && userOps.some(({ isCleanUp }) => isCleanUp)) {
    throw new QuoteRequestError('CLEAN_UP_IN_USE', {
      shortMessage: 'A session key can not sign a clean-up: the session module reads plain calls only.',
      action: 'Leave the clean-up out, or do it as a call of the permission.',
    });
  }
}
