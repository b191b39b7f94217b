import { type Hex, numberToHex } from 'viem';
import type { ConnectedChain } from './chain';
import {
  type GasFees,
  paymasterAndDataOf,
  preVerificationGas,
  verificationGasFor,
  withHeadroom,
} from './gas';
import type { MeasuredGas } from './simulateQuote';
import type { Bounds, OpDraft } from './supertransaction';
import type { OpRequest, PaymentRequest, QuoteType } from './wire';
import type { Authorization } from './wireParts';

/** What an operation is made of beyond what the client asked. */
type Filling = { fees: GasFees; callData: Hex; bounds: Bounds; signedBy: QuoteType };

const defaultRetryDelay = 250;

const optionalFields = [
  'isCleanUpUserOp',
  'metadata',
  'sessionDetails',
  'executionSimulationRetryDelay',
] as const;

const wireAuthorization = ({ chainId, nonce, yParity, ...rest }: Authorization) => ({
  ...rest,
  chainId: numberToHex(chainId),
  nonce: numberToHex(nonce),
  yParity: numberToHex(yParity),
});

/** The optional fields that the answer gives back; a clean-up flag only when it is set. */
function echoOf(request: OpRequest | PaymentRequest): Record<string, unknown> {
  const given = Object.entries(request).filter(
    ([name, value]) =>
      optionalFields.some((field) => field === name) && value !== undefined && value !== false,
  );
  const { eip7702Auth } = request;
  return {
    ...Object.fromEntries(given),
    ...(eip7702Auth === undefined ? {} : { eip7702Auth: wireAuthorization(eip7702Auth) }),
  };
}

/** Fills an operation of a request with the node's gas limits, fees and paymaster. */
export function draftOp(
  chain: ConnectedChain,
  request: OpRequest | PaymentRequest,
  { fees, callData, bounds, signedBy }: Filling,
): OpDraft {
  const initCode = request.initCode ?? '0x';
  const { sessionDetails, eip7702Auth } = request;
  const kind = { deploys: initCode !== '0x', bySession: sessionDetails !== undefined, signedBy };
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
    ...(eip7702Auth === undefined ? {} : { authorization: eip7702Auth }),
    retryDelay: retryDelay ?? defaultRetryDelay,
    echo: echoOf(request),
  };
}

const larger = (left: bigint, right: bigint): bigint => (left > right ? left : right);

/**
 * Raises the gas limits of an operation to what its simulation used; never lowers them.
 *
 * @param buffer percent that the client wants on top of the gas of the calls
 */
export function raiseGas(draft: OpDraft, measured: MeasuredGas, buffer: bigint): OpDraft {
  const { userOp } = draft;
  const calls = larger(userOp.callGasLimit, withHeadroom(measured.execution));
  return {
    ...draft,
    userOp: {
      ...userOp,
      callGasLimit: (calls * (100n + buffer)) / 100n,
      verificationGasLimit: larger(
        userOp.verificationGasLimit,
        withHeadroom(measured.deployment + measured.validation),
      ),
    },
  };
}
