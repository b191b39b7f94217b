import type { Hex } from 'viem';
import type { ConnectedChain } from './chain';
import {
  type GasFees,
  paymasterAndDataOf,
  preVerificationGas,
  verificationGasFor,
  withHeadroom,
} from './gas';
import type { MeasuredGas } from './simulateQuote';
import type { OpDraft } from './supertransaction';
import type { OpRequest, PaymentRequest } from './wire';

/** Unix seconds between which an operation may run. */
export type Bounds = { lowerBoundTimestamp: number; upperBoundTimestamp: number };

const defaultRetryDelay = 250;

const optionalFields = [
  'isCleanUpUserOp',
  'metadata',
  'sessionDetails',
  'executionSimulationRetryDelay',
] as const;

/** The optional fields that the answer gives back; a clean-up flag only when it is set. */
function echoOf(request: OpRequest | PaymentRequest): Record<string, unknown> {
  const given = Object.entries(request).filter(
    ([name, value]) =>
      optionalFields.some((field) => field === name) && value !== undefined && value !== false,
  );
  return Object.fromEntries(given);
}

/** Fills an operation of a request with the node's gas limits, fees and paymaster. */
export function draftOp(
  chain: ConnectedChain,
  fees: GasFees,
  request: OpRequest | PaymentRequest,
  callData: Hex,
  bounds: Bounds,
): OpDraft {
  const initCode = request.initCode ?? '0x';
  const { sessionDetails } = request;
  const kind = { deploys: initCode !== '0x', bySession: sessionDetails !== undefined };
  const retryDelay =
    'executionSimulationRetryDelay' in request ? request.executionSimulationRetryDelay : undefined;
  return {
    chainId: chain.chainId,
    userOp: {
      sender: request.sender,
      nonce: request.nonce,
      initCode,
      callData,
      callGasLimit: request.callGasLimit,
      verificationGasLimit: verificationGasFor(request.verificationGasLimit, kind),
      ...fees,
      paymasterAndData: paymasterAndDataOf(chain),
      preVerificationGas,
    },
    ...bounds,
    shortEncoding: request.shortEncoding,
    ...(sessionDetails === undefined ? {} : { permissionId: sessionDetails.permissionId }),
    retryDelay: retryDelay ?? defaultRetryDelay,
    echo: echoOf(request),
  };
}

const larger = (left: bigint, right: bigint): bigint => (left > right ? left : right);

/** Raises the gas limits of an operation to what its simulation used; never lowers them. */
export function raiseGas(draft: OpDraft, measured: MeasuredGas): OpDraft {
  const { userOp } = draft;
  return {
    ...draft,
    userOp: {
      ...userOp,
      callGasLimit: larger(userOp.callGasLimit, withHeadroom(measured.execution)),
      verificationGasLimit: larger(
        userOp.verificationGasLimit,
        withHeadroom(measured.deployment + measured.validation),
      ),
    },
  };
}
