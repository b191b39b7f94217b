import { concatHex, hexToNumber, numberToHex, size, slice } from 'viem';
import { type CheckContext, type CheckResult, passed, refused } from './check';
import type { TimeframePolicy } from './policy';
import { PolicyError } from './policyError';
import type { PolicyModule } from './policyModule';
import { type Sentence, sentence } from './sentence';

const bytesPerTime = 6;
const maxTime = 2 ** 48 - 1;
/** Present-day times in milliseconds fall in here; as seconds they would be thousands of years away. */
const milliseconds = { from: 1e11, to: 1e14 };

/** The time frame policy contract: uint48 validUntil, then uint48 validAfter, packed. */
export const timeframePolicy: PolicyModule<TimeframePolicy> = {
  type: 'timeframe',
  encode: ({ validAfter, validUntil }) =>
    concatHex([
      numberToHex(validUntil, { size: bytesPerTime }),
      numberToHex(validAfter, { size: bytesPerTime }),
    ]),
  decode: (initData) => {
    if (size(initData) < 2 * bytesPerTime) throw tooShort(size(initData));
    return {
      type: 'timeframe',
      validUntil: hexToNumber(slice(initData, 0, bytesPerTime)),
      validAfter: hexToNumber(slice(initData, bytesPerTime, 2 * bytesPerTime)),
    };
  },
  validate,
  check,
  describe,
};

function validate({ validAfter, validUntil }: TimeframePolicy): void {
  assertTime('validAfter', validAfter);
  assertTime('validUntil', validUntil);
  if (validAfter === 0 && validUntil === 0) {
    throw new PolicyError('TIMEFRAME_EMPTY', {
      shortMessage: 'A time frame with neither a start nor an end can be enabled but never used.',
      action: 'Give validAfter or validUntil, or leave the time frame out.',
    });
  }
  if (validUntil !== 0 && validUntil <= validAfter) {
    throw new PolicyError('TIMEFRAME_REVERSED', {
      shortMessage: 'The time frame ends before it starts.',
      details: `validAfter ${validAfter}, validUntil ${validUntil}.`,
      action: 'Give an end later than the start.',
    });
  }
}

/**
 * Refuses a time frame that is already over.
 * @param now unix seconds
 * @throws PolicyError `TIMEFRAME_OVER`
 */
export function assertNotOver({ validUntil }: TimeframePolicy, now: number): void {
  if (validUntil === 0 || validUntil > now) return;
  throw new PolicyError('TIMEFRAME_OVER', {
    shortMessage: 'The time frame is already over.',
    details: `validUntil ${validUntil}, now ${now}.`,
    action: 'Give an end in the future, as unix seconds (a date, not a duration).',
  });
}

function assertTime(field: 'validAfter' | 'validUntil', value: number): void {
  if (!Number.isInteger(value) || value < 0 || value > maxTime) {
    throw new PolicyError('TIMEFRAME_RANGE', {
      shortMessage: `${field} must be a whole number of seconds from 0 to ${maxTime}.`,
      details: `Got ${value}.`,
      action: 'Give unix seconds.',
    });
  }
  if (value >= milliseconds.from && value < milliseconds.to) {
    throw new PolicyError('TIMEFRAME_MILLISECONDS', {
      shortMessage: `${field} looks like milliseconds.`,
      details: `Got ${value}.`,
      action: 'Divide by 1000: times are unix seconds.',
    });
  }
}

function check({ validAfter, validUntil }: TimeframePolicy, { time }: CheckContext): CheckResult {
  if (validAfter === 0 && validUntil === 0) {
    return refused({
      code: 'TIMEFRAME_UNUSABLE',
      chainRefusal: 'PolicyCheckReverted',
      expected: 'a time frame with a start or an end',
      got: 'neither',
      message: 'The time frame is empty, the chain refuses every use of it.',
    });
  }
  if (time < validAfter) {
    return refused({
      code: 'TIMEFRAME_NOT_STARTED',
      chainRefusal: 'AA22',
      expected: `not before ${validAfter}`,
      got: String(time),
      message: 'The permission is not valid yet.',
    });
  }
  if (validUntil !== 0 && time > validUntil) {
    return refused({
      code: 'TIMEFRAME_EXPIRED',
      chainRefusal: 'AA22',
      expected: `not after ${validUntil}`,
      got: String(time),
      message: 'The permission has expired.',
    });
  }
  return passed;
}

function describe({ validAfter, validUntil }: TimeframePolicy): readonly Sentence[] {
  if (validAfter === 0 && validUntil === 0) {
    return [sentence('warning', 'The time frame is empty: this can never be used.')];
  }
  const start =
    validAfter === 0
      ? sentence('info', 'Valid from now.')
      : sentence('info', 'Valid from ', { kind: 'time', value: validAfter }, '.');
  const end =
    validUntil === 0
      ? sentence('danger', 'No end date.')
      : sentence('info', 'Ends at ', { kind: 'time', value: validUntil }, '.');
  return [start, end];
}

function tooShort(got: number): PolicyError {
  return new PolicyError('POLICY_MALFORMED', {
    shortMessage: "The time frame of this policy can't be read.",
    details: `${got} bytes, at least 12 needed.`,
    action: 'Do not enable it.',
  });
}
