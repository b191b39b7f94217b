import * as v from 'valibot';
import type { RevokeParams } from '../../rpc/dapp/grantParams';
import type { PrepareParams } from '../../rpc/dapp/prepareParams';
import type { CleanUp, Simulation, SponsorshipOptions } from '../../rpc/dapp/quoteOptions';
import type { UseParams } from '../../rpc/dapp/useParams';
import { constraintsSchema } from './constraints';
import { encodedPolicySchema } from './policyData';
import { addressSchema, amountSchema, feeTokenSchema, hexSchema, wholeSchema } from './primitives';

const gasLimit = v.exactOptional(amountSchema);
const never = v.exactOptional(v.never());

export const sponsorshipOptionsEntries = {
  url: v.string(),
  gasTank: v.looseObject({ address: addressSchema, token: addressSchema, chainId: wholeSchema }),
};

const sponsorshipOptionsSchema: v.GenericSchema<SponsorshipOptions> =
  v.looseObject(sponsorshipOptionsEntries);

export const simulationSchema: v.GenericSchema<Simulation> = v.looseObject({
  simulate: v.boolean(),
  gasLimitBuffers: v.exactOptional(v.record(v.string(), wholeSchema)),
});

export const cleanUpSchema: v.GenericSchema<CleanUp> = v.looseObject({
  tokenAddress: addressSchema,
  chainId: wholeSchema,
  recipientAddress: addressSchema,
  amount: v.exactOptional(amountSchema),
  gasLimit,
  dependsOn: v.exactOptional(v.array(wholeSchema)),
});

const quoteEntries = {
  requestId: v.string(),
  sponsorship: v.boolean(),
  sponsorshipOptions: v.exactOptional(sponsorshipOptionsSchema),
  delegate: v.boolean(),
  lowerBoundTimestamp: v.exactOptional(wholeSchema),
  upperBoundTimestamp: v.exactOptional(wholeSchema),
  simulation: v.exactOptional(simulationSchema),
  authorization: never,
  authorizations: never,
};

const plainCallSchema = v.looseObject({ to: addressSchema, value: amountSchema, data: hexSchema, gasLimit });

const inputSchema = v.variant('kind', [
  v.looseObject({ kind: v.literal('raw'), data: hexSchema, constraints: constraintsSchema }),
  v.looseObject({
    kind: v.literal('staticCall'),
    target: addressSchema,
    data: hexSchema,
    constraints: constraintsSchema,
  }),
  v.looseObject({
    kind: v.literal('balance'),
    token: addressSchema,
    account: addressSchema,
    constraints: constraintsSchema,
  }),
]);

const composableCallSchema = v.looseObject({
  to: addressSchema,
  value: amountSchema,
  selector: hexSchema,
  inputs: v.array(inputSchema),
  gasLimit,
});

const actionSchema = v.looseObject({
  actionTarget: addressSchema,
  actionTargetSelector: hexSchema,
  actionPolicies: v.array(encodedPolicySchema),
  signature: v.exactOptional(v.string()),
});

export const prepareParamsSchema: v.GenericSchema<PrepareParams> = v.looseObject({
  ...quoteEntries,
  enableSession: v.exactOptional(
    v.looseObject({
      actions: v.array(v.looseObject({ chainId: wholeSchema, actions: v.array(actionSchema) })),
      batchActions: v.boolean(),
      maxPaymentAmount: v.exactOptional(amountSchema),
      redeemer: never,
    }),
  ),
  feeToken: v.exactOptional(feeTokenSchema),
  smartSessionValidatorAddress: v.exactOptional(addressSchema),
  instructions: v.array(
    v.looseObject({
      chainId: wholeSchema,
      calls: v.array(v.union([plainCallSchema, composableCallSchema])),
    }),
  ),
  cleanUps: v.array(cleanUpSchema),
  trigger: v.exactOptional(
    v.looseObject({
      tokenAddress: addressSchema,
      chainId: wholeSchema,
      amount: v.exactOptional(amountSchema),
      approvalAmount: v.exactOptional(amountSchema),
      recipientAddress: v.exactOptional(addressSchema),
      useMaxAvailableFunds: v.boolean(),
      gasLimit,
    }),
  ),
});

export const useParamsSchema: v.GenericSchema<UseParams> = v.looseObject({
  ...quoteEntries,
  grantId: v.exactOptional(v.string()),
  sessionDetails: v.exactOptional(v.array(v.looseObject({ permissionId: hexSchema, chainId: wholeSchema }))),
  instructions: v.array(v.looseObject({ chainId: wholeSchema, calls: v.array(plainCallSchema) })),
  feeToken: v.exactOptional(feeTokenSchema),
});

export const revokeParamsSchema: v.GenericSchema<RevokeParams> = v.looseObject({
  requestId: v.string(),
  grantId: v.string(),
  action: v.exactOptional(v.looseObject({ actionTarget: addressSchema, actionTargetSelector: hexSchema })),
});
