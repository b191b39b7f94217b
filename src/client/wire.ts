import type { Address, Hex } from 'viem';
import { numberToHex } from 'viem/utils';
import { rpcErrorCodes } from '../rpc/errors';
import type { RequestedSession } from './builders';
import { LatchkeyError } from './latchkeyError';

/** The token that pays the node, on the chain where it is held. */
export type FeeToken = { address: Address; chainId: number };

/** When a supertransaction may run, in unix seconds. */
type Bounds = { lowerBoundTimestamp?: number; upperBoundTimestamp?: number };

export type PrepareOptions = Bounds & {
  enableSession: {
    actions: readonly RequestedSession[];
    /** The most that later uses may pay in fees, in the fee token's smallest unit. */
    maxPaymentAmount?: bigint;
  };
  feeToken: FeeToken;
  /**
   * Names the request; random when absent. Keep it (in localStorage, say) and ask again with it after a
   * reload: the same request is attached to, never run twice.
   */
  requestId?: string;
};

/** A call of the account: native value in wei, default 0; calldata, default empty. */
export type RequestedCall = { to: Address; value?: bigint; data?: Hex };

export type UseOptions = Bounds & {
  instructions: readonly { chainId: number; calls: readonly RequestedCall[] }[];
  /** The grant to use; without it, the one of this site whose scope fits. */
  grantId?: string;
  /** Default: the grant's. */
  feeToken?: FeeToken;
  /** As in {@link PrepareOptions}. */
  requestId?: string;
};

const encodeAmount = (field: string, amount: bigint): Hex => {
  if (amount >= 0n && amount < 2n ** 256n) return numberToHex(amount);
  throw new LatchkeyError({
    code: rpcErrorCodes.invalidParams,
    message: `${field} must be from 0 to 2^256 - 1.`,
    reason: 'AMOUNT_RANGE',
    action: 'Give the amount in the smallest unit.',
    details: { field, got: amount.toString() },
  });
};

const encodeCall = ({ value, ...call }: RequestedCall) => ({
  ...call,
  ...(value !== undefined && { value: encodeAmount('value', value) }),
});

/** Params of `latchkey_prepare`: bigints become hex quantities. */
export const encodePrepare = ({ enableSession, requestId, ...options }: PrepareOptions) => {
  const { actions, maxPaymentAmount } = enableSession;
  const budget =
    maxPaymentAmount === undefined
      ? {}
      : { maxPaymentAmount: encodeAmount('maxPaymentAmount', maxPaymentAmount) };
  return [{ ...options, requestId: requestId ?? crypto.randomUUID(), enableSession: { actions, ...budget } }];
};

/** Params of `latchkey_use`: bigints become hex quantities. */
export const encodeUse = ({ instructions, requestId, ...options }: UseOptions) => [
  {
    ...options,
    requestId: requestId ?? crypto.randomUUID(),
    instructions: instructions.map(({ chainId, calls }) => ({ chainId, calls: calls.map(encodeCall) })),
  },
];
