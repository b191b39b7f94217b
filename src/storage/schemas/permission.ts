import * as v from 'valibot';
import type { SharedFeeBudget } from '../../protocol/session/payment';
import type { PlannedPermission } from '../records';
import { actionDataSchema, actionStateSchema, encodedPolicySchema } from './policyData';
import { addressSchema, amountSchema, hexSchema, wholeSchema } from './primitives';

const contentSchema = v.looseObject({
  appDomainSeparator: hexSchema,
  contentNames: v.array(v.string()),
});

const sessionSchema = v.looseObject({
  sessionValidator: addressSchema,
  sessionValidatorInitData: hexSchema,
  salt: hexSchema,
  userOpPolicies: v.array(encodedPolicySchema),
  erc7739Policies: v.looseObject({
    allowedERC7739Content: v.array(contentSchema),
    erc1271Policies: v.array(encodedPolicySchema),
  }),
  actions: v.array(actionDataSchema),
  permitERC4337Paymaster: v.boolean(),
});

const sharedFeeSchema: v.GenericSchema<SharedFeeBudget> = v.looseObject({
  index: wholeSchema,
  budget: v.looseObject({
    token: addressSchema,
    maxPaymentAmount: amountSchema,
    payee: v.exactOptional(addressSchema),
  }),
  asked: actionDataSchema,
  widened: v.array(
    v.looseObject({
      policy: v.picklist(['universal', 'spendingLimits', 'valueLimit', 'usageLimit']),
      rule: v.nullable(wholeSchema),
      limit: v.picklist(['perCall', 'total', 'calls']),
      asked: amountSchema,
      granted: amountSchema,
    }),
  ),
});

export const permissionSchema: v.GenericSchema<PlannedPermission> = v.looseObject({
  chainId: wholeSchema,
  permissionId: hexSchema,
  session: sessionSchema,
  deployAccount: v.boolean(),
  installModule: v.boolean(),
  signatures: v.array(v.nullable(v.string())),
  feeBudgetIndex: v.nullable(wholeSchema),
  sharedFee: v.exactOptional(sharedFeeSchema),
  parts: v.exactOptional(v.array(wholeSchema)),
  states: v.exactOptional(v.array(actionStateSchema)),
});
