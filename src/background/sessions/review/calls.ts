import { type Address, type Hex, isAddressEqual, zeroAddress } from 'viem';
import { decodeComposableCalls } from '../../../protocol/actions/composable';
import { asFixedCall, type ComposableCall, type InputParam } from '../../../protocol/actions/composableCall';
import { decodeExecute } from '../../../protocol/actions/execute';
import { readSpend } from '../../../protocol/actions/spend';
import { ProtocolError } from '../../../protocol/errors';
import { isUnlimited } from '../../../protocol/policies/unlimited';
import type { Danger, ReviewedCall, ReviewedPiece } from '../../../rpc/popup/reviewParts';
import { internalError } from '../../errors/rpcErrors';
import { requestDanger } from '../dangers';
import type { TokenBook } from '../tokenBook';
import { argumentsOf, labelOf } from './functions';

const unreadable = (cause: unknown) =>
  internalError({
    reason: 'CALLDATA_UNREADABLE',
    message: "What would be signed can't be shown.",
    action: 'Ask for something else.',
    cause,
  });

const fixedOf = ({ to, value, data }: { to: Address; value: bigint; data: Hex }): ComposableCall => ({
  to,
  value,
  selector: data.slice(0, 10) as Hex,
  inputs: [{ kind: 'raw', data: `0x${data.slice(10)}`, constraints: [] }],
  trailing: [],
  outputs: [],
});

/** The calls of an operation, read from its calldata: `executeComposable` of either version, or `execute`. */
export const callsOf = (callData: Hex): readonly ComposableCall[] => {
  try {
    return decodeComposableCalls(callData).calls;
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
  }
  try {
    return decodeExecute(callData).map(fixedOf);
  } catch (cause) {
    throw unreadable(cause);
  }
};

const pieceOf = (input: InputParam): ReviewedPiece => {
  const { constraints } = input;
  switch (input.kind) {
    case 'raw':
      return { kind: 'fixed', data: input.data, constraints };
    case 'balance':
      return { kind: 'balance', token: input.token, account: input.account, constraints };
    case 'staticCall': {
      const signature = labelOf(input.data);
      const { target, data } = input;
      return { kind: 'staticCall', target, data, constraints, ...(signature && { signature }) };
    }
  }
};

const approvalDangers = (data: Hex): readonly Danger[] => {
  const spend = readSpend(data);
  if (spend?.kind !== 'approve' && spend?.kind !== 'increaseAllowance') return [];
  if (isAddressEqual(spend.counterparty, zeroAddress) || spend.amount === 0n) return [];
  return isUnlimited(spend.amount)
    ? [
        requestDanger(
          'UNLIMITED_APPROVAL',
          'high',
          'Approves without limit: the spender can take the whole balance of the token, now and later.',
          true,
        ),
      ]
    : [requestDanger('APPROVAL', 'warning', 'Approves a spender; the approval stays after this request.')];
};

const unknownFunction = requestDanger(
  'UNKNOWN_FUNCTION',
  'warning',
  "The function is not known, so what it does can't be told.",
);

const dangersOf = (data: Hex, isKnown: boolean): readonly Danger[] => [
  ...approvalDangers(data),
  ...(isKnown || data === '0x' ? [] : [unknownFunction]),
];

type CallContext = { chainId: number; tokens: TokenBook };

const reviewedFixed = (
  { to, value, data }: { to: Address; value: bigint; data: Hex },
  { chainId, tokens }: CallContext,
): ReviewedCall => {
  const signature = labelOf(data);
  const args = argumentsOf(data);
  const token = tokens.of(chainId, to);
  return {
    target: to,
    value,
    selector: data.length >= 10 ? (data.slice(0, 10) as Hex) : null,
    ...(signature === undefined ? {} : { signature }),
    ...(args === undefined ? {} : { args }),
    data,
    pieces: [],
    ...(token === undefined ? {} : { token }),
    dangers: dangersOf(data, signature !== undefined),
  };
};

/** One call as it will be made: with its arguments where everything is fixed, else with its pieces in order. */
export const reviewCall = (call: ComposableCall, context: CallContext): ReviewedCall => {
  const fixed = asFixedCall(call);
  if (fixed !== null) return reviewedFixed(fixed, context);
  const { to, value, selector, inputs, trailing } = call;
  const extra = [to, value].filter((part) => typeof part === 'object');
  const signature = labelOf(selector);
  const target = typeof to === 'string' ? to : zeroAddress;
  const token = context.tokens.of(context.chainId, target);
  return {
    target,
    value: typeof value === 'bigint' ? value : 0n,
    selector,
    ...(signature === undefined ? {} : { signature }),
    data: selector,
    pieces: [...inputs, ...trailing, ...extra].map(pieceOf),
    ...(token === undefined ? {} : { token }),
    dangers: [
      ...dangersOf(selector, signature !== undefined),
      requestDanger('RUNTIME_VALUES', 'notice', 'Parts of this call are only known when it is executed.'),
    ],
  };
};
