import type { QuoteType } from '../../rpc/popup/review';
import { invalidParams } from '../errors/rpcErrors';
import type { Moment } from './networkTime';

/** Seconds that a node has to execute when the dapp names no bounds; longer where a transaction comes first. */
const defaultWindow = 180;
const windowBehindTransaction = 900;
const longestWindow = 24 * 60 * 60;

/** Time bounds that a dapp may name, in unix seconds. */
export type AskedBounds = { lowerBoundTimestamp?: number; upperBoundTimestamp?: number };

/**
 * Bounds of a supertransaction from now on, as far as the dapp doesn't name them. Unix seconds. They hold the present by
 * the chains' count and by the device's.
 */
export const boundsOf = (
  asked: AskedBounds,
  { now, latest }: Moment,
  quoteType: QuoteType = 'simple',
): { lower: number; upper: number } => {
  const { lowerBoundTimestamp: named } = asked;
  const window = quoteType === 'onchain' ? windowBehindTransaction : defaultWindow;
  return { lower: named ?? now, upper: asked.upperBoundTimestamp ?? (named ?? latest) + window };
};

/** @throws RpcError -32602 for bounds that are over, reversed, or further than a day away */
export const assertBounds = (asked: AskedBounds, moment: Moment): void => {
  const { now } = moment;
  const { lower, upper } = boundsOf(asked, moment);
  const refuse = (reason: string, message: string) => {
    throw invalidParams({
      reason,
      message,
      action: 'Give bounds in unix seconds, the lower before the upper, or leave both out.',
      details: { lower, upper, now },
    });
  };
  if (lower >= upper) refuse('BOUNDS_REVERSED', 'The lower time bound must be before the upper.');
  if (upper <= now) refuse('BOUNDS_OVER', 'The upper time bound is over already.');
  if (upper > moment.latest + longestWindow)
    refuse('BOUNDS_TOO_FAR', 'The upper time bound is more than a day away.');
};
