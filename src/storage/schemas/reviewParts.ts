import * as v from 'valibot';
import { constraintsSchema } from './constraints';
import { policySchema } from './policy';
import { actionStateSchema } from './policyData';
import { addressSchema, amountSchema, hexSchema, wholeSchema } from './primitives';

export const tokenAmountSchema = v.looseObject({
  token: addressSchema,
  chainId: wholeSchema,
  amount: amountSchema,
  symbol: v.exactOptional(v.string()),
  decimals: v.exactOptional(wholeSchema),
});

export const dangerSchema = v.looseObject({
  code: v.string(),
  severity: v.picklist(['notice', 'warning', 'high']),
  text: v.string(),
  acknowledge: v.boolean(),
});

const labelSchema = v.looseObject({ text: v.string(), source: v.picklist(['known', 'dapp']) });

const tokenSchema = v.looseObject({
  symbol: v.exactOptional(v.string()),
  decimals: v.exactOptional(wholeSchema),
});

const actionSchema = v.looseObject({
  target: addressSchema,
  selector: hexSchema,
  signature: v.exactOptional(labelSchema),
  policies: v.array(policySchema),
  feeBudget: v.boolean(),
  widened: v.array(
    v.looseObject({
      policy: v.picklist(['sudo', 'universal', 'timeframe', 'usageLimit', 'spendingLimits', 'valueLimit']),
      rule: v.exactOptional(wholeSchema),
      limit: v.picklist(['perCall', 'total', 'calls']),
      asked: amountSchema,
      granted: amountSchema,
    }),
  ),
  dangers: v.array(dangerSchema),
  token: v.exactOptional(tokenSchema),
  state: actionStateSchema,
});

const stepsSchema = v.array(
  v.picklist([
    'delegateAccount',
    'deployAccount',
    'pullFunds',
    'installSmartSessions',
    'runInstructions',
    'enablePermission',
    'cleanUp',
    'removePermission',
    'disableAction',
  ]),
);

const onChain = { chainId: wholeSchema, chainName: v.string() };

export const permissionViewSchema = v.looseObject({
  ...onChain,
  permissionId: hexSchema,
  redeemer: addressSchema,
  actions: v.array(actionSchema),
  steps: stepsSchema,
});

export const chainViewSchema = v.looseObject({ ...onChain, steps: stepsSchema });

const pieceSchema = v.variant('kind', [
  v.looseObject({ kind: v.literal('fixed'), data: hexSchema, constraints: constraintsSchema }),
  v.looseObject({
    kind: v.literal('staticCall'),
    target: addressSchema,
    data: hexSchema,
    signature: v.exactOptional(labelSchema),
    constraints: constraintsSchema,
  }),
  v.looseObject({
    kind: v.literal('balance'),
    token: addressSchema,
    account: addressSchema,
    constraints: constraintsSchema,
  }),
]);

const callSchema = v.looseObject({
  target: addressSchema,
  value: amountSchema,
  selector: v.nullable(hexSchema),
  signature: v.exactOptional(labelSchema),
  args: v.exactOptional(
    v.array(v.looseObject({ name: v.exactOptional(v.string()), type: v.string(), value: v.string() })),
  ),
  data: hexSchema,
  pieces: v.array(pieceSchema),
  token: v.exactOptional(tokenSchema),
  dangers: v.array(dangerSchema),
});

export const instructionViewSchema = v.looseObject({ ...onChain, calls: v.array(callSchema) });

export const cleanUpViewSchema = v.looseObject({
  chainName: v.string(),
  recipient: addressSchema,
  everything: v.boolean(),
  token: tokenAmountSchema,
});

export const triggerViewSchema = v.looseObject({
  kind: v.picklist(['permit', 'approval', 'native']),
  chainName: v.string(),
  owner: addressSchema,
  spender: addressSchema,
  recipient: addressSchema,
  amount: tokenAmountSchema,
  most: tokenAmountSchema,
  everything: v.boolean(),
});

export const delegationViewSchema = v.looseObject({
  ...onChain,
  owner: addressSchema,
  implementation: addressSchema,
  current: v.exactOptional(addressSchema),
  everyChain: v.boolean(),
});

export const sponsorViewSchema = v.variant('kind', [
  v.looseObject({ kind: v.literal('node') }),
  v.looseObject({
    kind: v.literal('own'),
    url: v.string(),
    gasTank: v.looseObject({ address: addressSchema, token: addressSchema, chainId: wholeSchema }),
  }),
]);

export const exposureSchema = v.looseObject({
  ...onChain,
  token: addressSchema,
  symbol: v.exactOptional(v.string()),
  decimals: v.exactOptional(wholeSchema),
  amount: v.nullable(amountSchema),
  parts: v.array(v.looseObject({ text: v.string(), amount: v.nullable(amountSchema) })),
});

export const changeSchema = v.looseObject({
  kind: v.picklist(['new', 'wider']),
  ...onChain,
  target: addressSchema,
  selector: hexSchema,
  text: v.string(),
});
