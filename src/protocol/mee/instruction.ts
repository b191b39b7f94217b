import type { Call } from '../actions/call';
import type { ComposableCall } from '../actions/composableCall';
import type { OperationMetadata } from './metadata';
import { QuoteRequestError } from './quoteRequestError';
import type { SimulationOverrides } from './simulation';

/** Unix seconds between which an operation may run. */
export type TimeBounds = { lower: number; upper: number };

/** A call and the gas it is given; without it the default of a call. */
type WithGas<C> = C & { gasLimit?: bigint };

/** What every instruction may say besides its calls. */
export type InstructionOptions = {
  /** A missing end is that of the quote. */
  bounds?: Partial<TimeBounds>;
  /** Milliseconds between two tries of a node while a condition does not hold. */
  retryDelay?: number;
  /** Defaults to one "Custom on-chain action". */
  metadata?: readonly OperationMetadata[];
  overrides?: SimulationOverrides;
};

/** Calls of the account on one chain that are fixed when they are signed (`execute`). */
export type PlainInstruction = InstructionOptions & {
  chainId: number;
  composable: false;
  calls: readonly WithGas<Call>[];
};

/** Calls of the account on one chain that are put together when they run (`executeComposable`). */
export type ComposableInstruction = InstructionOptions & {
  chainId: number;
  composable: true;
  calls: readonly WithGas<ComposableCall>[];
};

/** Calls of the account on one chain, in order. */
export type Instruction = PlainInstruction | ComposableInstruction;

/** An empty instruction list. @throws QuoteRequestError `NO_OPERATIONS` */
export function assertCalls(instructions: readonly Instruction[]): void {
  if (instructions.length > 0 && instructions.every(({ calls }) => calls.length > 0)) return;
  throw new QuoteRequestError('NO_OPERATIONS', {
    shortMessage: 'A quote needs at least one operation, and every operation a call.',
    action: 'Add a call.',
  });
}

/** @throws QuoteRequestError `BOUNDS` unless both ends are unix seconds in order */
export function assertBounds({ lower, upper }: TimeBounds): void {
  if (Number.isSafeInteger(lower) && Number.isSafeInteger(upper) && lower > 0 && lower < upper) return;
  throw new QuoteRequestError('BOUNDS', {
    shortMessage: 'The time bounds of a quote must be unix seconds, the lower before the upper.',
    details: `Got ${lower} to ${upper}.`,
    action: 'Take both from the current time in seconds.',
  });
}
