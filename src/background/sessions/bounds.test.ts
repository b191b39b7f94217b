import { expect, it } from 'vitest';
import { boundsOf } from './bounds';

const moment = { now: 1_000, latest: 1_000 };

it('bounds are what the dapp names, else three minutes from now or from the lower one', () => {
  expect(boundsOf({}, moment)).toEqual({ lower: 1_000, upper: 1_180 });
  expect(boundsOf({ lowerBoundTimestamp: 2_000 }, moment)).toEqual({ lower: 2_000, upper: 2_180 });
  expect(boundsOf({ upperBoundTimestamp: 1_010 }, moment)).toEqual({ lower: 1_000, upper: 1_010 });
});

it('bounds hold the present by both clocks where device and chains differ', () => {
  expect(boundsOf({}, { now: 400, latest: 1_000 })).toEqual({ lower: 400, upper: 1_180 });
  const named = { lowerBoundTimestamp: 500 };
  expect(boundsOf(named, { now: 400, latest: 1_000 })).toEqual({ lower: 500, upper: 680 });
});
