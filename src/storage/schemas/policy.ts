import * as v from 'valibot';
import type { Policy } from '../../protocol/policies/policy';
import { addressSchema, amountSchema, hexSchema, wholeSchema } from './primitives';

const ruleSchema = v.looseObject({
  condition: v.picklist([
    'equal',
    'greaterThan',
    'lessThan',
    'greaterThanOrEqual',
    'lessThanOrEqual',
    'notEqual',
    'inRange',
  ]),
  calldataOffset: amountSchema,
  comparisonValue: hexSchema,
  isLimited: v.boolean(),
  usage: v.looseObject({ limit: amountSchema, used: amountSchema }),
});

export const policySchema: v.GenericSchema<Policy> = v.variant('type', [
  v.looseObject({ type: v.literal('sudo') }),
  v.looseObject({
    type: v.literal('universal'),
    valueLimitPerUse: amountSchema,
    rules: v.array(ruleSchema),
  }),
  v.looseObject({ type: v.literal('timeframe'), validAfter: wholeSchema, validUntil: wholeSchema }),
  v.looseObject({ type: v.literal('usageLimit'), limit: amountSchema }),
  v.looseObject({
    type: v.literal('spendingLimits'),
    tokenLimits: v.array(v.looseObject({ token: addressSchema, limit: amountSchema })),
  }),
  v.looseObject({ type: v.literal('valueLimit'), limit: amountSchema }),
]);
