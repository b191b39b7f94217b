import { expect, it } from 'vitest';
import { boundsOf } from './bounds';

it('bounds are what the dapp names, else three minutes from now or from the lower one', () => {
  expect(boundsOf({}, 1_000)).toEqual({ lower: 1_000, upper: 1_180 });
  expect(boundsOf({ lowerBoundTimestamp: 2_000 }, 1_000)).toEqual({ lower: 2_000, upper: 2_180 });
  expect(boundsOf({ upperBoundTimestamp: 1_010 }, 1_000)).toEqual({ lower: 1_000, upper: 1_010 });
});
