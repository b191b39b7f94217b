import * as v from 'valibot';
import { hexSchema } from './primitives';

/** What the value of a composable piece must meet when it runs. */
export const constraintsSchema = v.array(
  v.variant('type', [
    v.looseObject({
      type: v.picklist(['equal', 'greaterThanOrEqual', 'lessThanOrEqual']),
      value: hexSchema,
    }),
    v.looseObject({ type: v.literal('inRange'), lower: hexSchema, upper: hexSchema }),
  ]),
);
