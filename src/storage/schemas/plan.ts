import * as v from 'valibot';
import type { PreparePlan, RevokePlan } from '../records';
import { cleanUpSchema, simulationSchema, sponsorshipOptionsEntries } from './params';
import { permissionSchema } from './permission';
import {
  addressSchema,
  amountSchema,
  feeTokenSchema,
  hexSchema,
  quoteTypeSchema,
  versionSchema,
  wholeSchema,
} from './primitives';

const triggerSchema = v.looseObject({
  kind: v.picklist(['permit', 'approval', 'native']),
  token: addressSchema,
  chainId: wholeSchema,
  amount: amountSchema,
  approvalAmount: v.exactOptional(amountSchema),
  recipient: addressSchema,
  useMaxAvailableFunds: v.boolean(),
  gasLimit: v.exactOptional(amountSchema),
});

const sponsorshipSchema = v.variant('kind', [
  v.looseObject({ kind: v.literal('node') }),
  v.looseObject({ kind: v.literal('own'), ...sponsorshipOptionsEntries }),
]);

const ownerPlan = {
  account: addressSchema,
  owner: addressSchema,
  version: versionSchema,
  quoteType: quoteTypeSchema,
  chains: v.array(
    v.looseObject({
      chainId: wholeSchema,
      deploy: v.picklist(['none', 'initCode', 'delegate']),
      currentDelegate: v.exactOptional(addressSchema),
    }),
  ),
  operations: v.array(v.looseObject({ chainId: wholeSchema, callData: hexSchema })),
  cleanUps: v.array(cleanUpSchema),
  trigger: v.exactOptional(triggerSchema),
  sponsorship: v.exactOptional(sponsorshipSchema),
  simulation: v.exactOptional(simulationSchema),
  feeToken: v.exactOptional(feeTokenSchema),
  feeEstimate: amountSchema,
  feeMax: amountSchema,
  grantId: v.string(),
  smartSession: addressSchema,
  permissions: v.array(permissionSchema),
};

export const preparePlanSchema: v.GenericSchema<PreparePlan> = v.looseObject({
  ...ownerPlan,
  installOn: v.array(wholeSchema),
  redeemer: v.exactOptional(addressSchema),
  feeBudget: amountSchema,
});

export const revokePlanSchema: v.GenericSchema<RevokePlan> = v.looseObject({
  ...ownerPlan,
  scope: v.picklist(['permission', 'action']),
});
