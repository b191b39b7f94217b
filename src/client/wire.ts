import type { Address, Hex } from 'viem';
import { numberToHex } from 'viem/utils';
import type { ComposableCall } from '../protocol/actions/composableCall';
import { rpcErrorCodes } from '../rpc/errors';
import { LatchkeyError } from './latchkeyError';
import type {
  CheckCallsOptions,
  CleanUp,
  PrepareOptions,
  RequestedCall,
  RequestedComposableCall,
  RevokeOptions,
  Trigger,
  UseOptions,
} from './options';

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

/** Amounts by their names, those that are absent left out. */
const encodeAmounts = <Name extends string>(
  amounts: Readonly<Partial<Record<Name, bigint | undefined>>>,
): Partial<Record<Name, Hex>> => {
  const encoded: Partial<Record<Name, Hex>> = {};
  for (const name of Object.keys(amounts) as Name[]) {
    const amount = amounts[name];
    if (amount !== undefined) encoded[name] = encodeAmount(name, amount);
  }
  return encoded;
};

const notSendable = (what: string) =>
  new LatchkeyError({
    code: rpcErrorCodes.invalidParams,
    message: `A composable call of a request can't have ${what}.`,
    reason: 'COMPOSABLE_CALL',
    action: 'Give target and value as they are, and conditions among the inputs.',
  });

const fixedParts = ({ to, value, trailing, outputs }: ComposableCall): { to: Address; value: Hex } => {
  if (typeof to !== 'string') throw notSendable('a target that is read at execution');
  if (typeof value !== 'bigint') throw notSendable('a value that is read at execution');
  if (trailing.length > 0) throw notSendable('trailing conditions');
  if (outputs.length > 0) throw notSendable('outputs');
  return { to, value: encodeAmount('value', value) };
};

const encodeComposable = (call: RequestedComposableCall) => {
  const { selector, inputs, gasLimit } = call;
  return { ...fixedParts(call), selector, inputs, ...encodeAmounts({ gasLimit }) };
};

const encodePlain = ({ value, gasLimit, ...call }: RequestedCall) => ({
  ...call,
  ...encodeAmounts({ value, gasLimit }),
});

const encodeCall = (call: RequestedCall | RequestedComposableCall) =>
  'selector' in call ? encodeComposable(call) : encodePlain(call);

const encodePlainInstructions = (instructions: UseOptions['instructions']) =>
  instructions.map(({ chainId, calls }) => ({ chainId, calls: calls.map(encodePlain) }));

const encodeTrigger = ({ amount, approvalAmount, gasLimit, ...trigger }: Trigger) => ({
  ...trigger,
  ...encodeAmounts({ amount, approvalAmount, gasLimit }),
});

const encodeCleanUp = ({ amount, gasLimit, ...cleanUp }: CleanUp) => ({
  ...cleanUp,
  ...encodeAmounts({ amount, gasLimit }),
});

const encodeEnableSession = ({
  maxPaymentAmount,
  ...session
}: NonNullable<PrepareOptions['enableSession']>) => ({
  ...session,
  ...encodeAmounts({ maxPaymentAmount }),
});

const named = (requestId: string | undefined): string => requestId ?? crypto.randomUUID();

/** Params of `latchkey_prepare`: bigints become hex quantities. */
export const encodePrepare = (options: PrepareOptions) => {
  const { requestId, enableSession, instructions, trigger, cleanUps, ...rest } = options;
  return [
    {
      ...rest,
      requestId: named(requestId),
      ...(enableSession && { enableSession: encodeEnableSession(enableSession) }),
      ...(instructions && {
        instructions: instructions.map(({ chainId, calls }) => ({ chainId, calls: calls.map(encodeCall) })),
      }),
      ...(trigger && { trigger: encodeTrigger(trigger) }),
      ...(cleanUps && { cleanUps: cleanUps.map(encodeCleanUp) }),
    },
  ];
};

/** Params of `latchkey_use`: bigints become hex quantities. */
export const encodeUse = ({ instructions, requestId, ...options }: UseOptions) => [
  { ...options, requestId: named(requestId), instructions: encodePlainInstructions(instructions) },
];

/** Params of `latchkey_checkCalls`. */
export const encodeCheckCalls = ({ instructions, ...options }: CheckCallsOptions) => [
  { ...options, instructions: encodePlainInstructions(instructions) },
];

/** Params of `latchkey_revoke`. */
export const encodeRevoke = ({ requestId, ...options }: RevokeOptions) => [
  { ...options, requestId: named(requestId) },
];
