import * as v from 'valibot';
import type { PlannedPermission } from '../records';
import { addressSchema, hexSchema, wholeSchema } from './primitives';

const policySchema = v.looseObject({ policy: addressSchema, initData: hexSchema });

const actionSchema = v.looseObject({
  actionTarget: addressSchema,
  actionTargetSelector: hexSchema,
  actionPolicies: v.array(policySchema),
});

const contentSchema = v.looseObject({
  appDomainSeparator: hexSchema,
  contentNames: v.array(v.string()),
});

const sessionSchema = v.looseObject({
  sessionValidator: addressSchema,
  sessionValidatorInitData: hexSchema,
  salt: hexSchema,
  userOpPolicies: v.array(policySchema),
  erc7739Policies: v.looseObject({
    allowedERC7739Content: v.array(contentSchema),
    erc1271Policies: v.array(policySchema),
  }),
  actions: v.array(actionSchema),
  permitERC4337Paymaster: v.boolean(),
});

export const permissionSchema: v.GenericSchema<PlannedPermission> = v.looseObject({
  chainId: wholeSchema,
  permissionId: hexSchema,
  session: sessionSchema,
  deployAccount: v.boolean(),
  installModule: v.boolean(),
  signatures: v.array(v.nullable(v.string())),
  feeBudgetIndex: v.nullable(wholeSchema),
});
