import * as v from 'valibot';
import {
  addressSchema,
  amountSchema,
  bytesSchema,
  chainIdSchema,
  selectorSchema,
  wordSchema,
} from '../rpc/dapp/primitives';
import type {
  EnabledPermissions,
  GrantSummary,
  PrepareResult,
  RequestState,
  RequestStatus,
  RevokeResult,
  UseResult,
} from '../rpc/dapp/results';
import { rpcErrorCodes } from '../rpc/errors';
import { LatchkeyError, toLatchkeyError } from './latchkeyError';

/** Where a request stands. `error` is there when it ended badly. */
export type RequestProgress = Omit<RequestStatus, 'error'> & { error?: LatchkeyError };

const states = [
  'received',
  'awaitingReview',
  'approved',
  'quoted',
  'signed',
  'submitted',
  'mined',
  'confirmed',
  'failed',
  'rejected',
  'expired',
] as const satisfies readonly RequestState[];

const transactionSchema = v.object({ chainId: chainIdSchema, transactionHash: wordSchema });

const useResultSchema = v.object({
  requestId: v.string(),
  grantId: v.string(),
  hash: wordSchema,
  transactions: v.array(transactionSchema),
});

const revokeResultSchema = v.object({
  requestId: v.string(),
  grantId: v.string(),
  hash: v.exactOptional(wordSchema),
  transactions: v.array(transactionSchema),
});

const permissionReference = { chainId: chainIdSchema, permissionId: wordSchema };

const prepareResultSchema = v.object({
  requestId: v.string(),
  grantId: v.exactOptional(v.string()),
  account: addressSchema,
  redeemer: v.exactOptional(addressSchema),
  hash: v.exactOptional(wordSchema),
  permissions: v.array(v.object(permissionReference)),
  transactions: v.array(transactionSchema),
  outcome: v.picklist(['executed', 'alreadyGranted', 'nothingToDo']),
});

const policySchema = v.object({ policy: addressSchema, initData: bytesSchema });

const actionSchema = v.object({
  actionTarget: addressSchema,
  actionTargetSelector: selectorSchema,
  actionPolicies: v.array(policySchema),
  state: v.picklist(['enabled', 'notEnabled', 'revoked']),
});

const grantSchema = v.object({
  grantId: v.string(),
  account: addressSchema,
  redeemer: addressSchema,
  state: v.picklist(['enabling', 'enabled', 'failed', 'revoking', 'revoked']),
  feeToken: v.exactOptional(v.object({ address: addressSchema, chainId: chainIdSchema })),
  permissions: v.array(v.object({ ...permissionReference, actions: v.array(actionSchema) })),
});

/** Amounts come as hex quantities and become bigints. */
const limitSchema = v.object({
  actionTarget: addressSchema,
  actionTargetSelector: selectorSchema,
  policy: v.picklist(['universal', 'spendingLimits', 'usageLimit', 'valueLimit']),
  rule: v.exactOptional(v.number()),
  token: v.exactOptional(addressSchema),
  limit: amountSchema,
  used: amountSchema,
  remaining: amountSchema,
  feeBudget: v.boolean(),
});

const usageSchema = v.object({
  grantId: v.string(),
  readAt: v.number(),
  permissions: v.array(
    v.object({ ...permissionReference, enabled: v.boolean(), limits: v.array(limitSchema) }),
  ),
});

/** Counters of a permission; amounts in the unit of each limit. */
export type Usage = v.InferOutput<typeof usageSchema>;

const errorSchema = v.pipe(v.unknown(), v.transform(toLatchkeyError));

const checkSchema = v.variant('allowed', [
  v.object({ allowed: v.literal(true), grantId: v.string() }),
  v.object({ allowed: v.literal(false), error: errorSchema }),
]);

/** What {@link Latchkey.use} would answer: the grant it would go by, or the error it would reject with. */
export type CallCheck = { allowed: true; grantId: string } | { allowed: false; error: LatchkeyError };

const chainKeySchema = v.pipe(v.string(), v.regex(/^\d{1,16}$/));

const progressSchema = v.object({
  requestId: v.string(),
  kind: v.picklist(['connect', 'prepare', 'use', 'revoke']),
  state: v.picklist(states),
  hash: v.exactOptional(wordSchema),
  result: v.exactOptional(v.union([prepareResultSchema, useResultSchema, revokeResultSchema])),
  error: v.exactOptional(errorSchema),
});

const unexpected = (method: string, cause: unknown) =>
  new LatchkeyError({
    code: rpcErrorCodes.internal,
    message: `Latchkey's answer to ${method} can't be read.`,
    reason: 'UNEXPECTED_ANSWER',
    action: 'Bring the extension and this library to the same version.',
    cause,
  });

const reader =
  <Answer>(method: string, schema: v.GenericSchema<unknown, Answer>) =>
  (answer: unknown): Answer => {
    const parsed = v.safeParse(schema, answer);
    if (!parsed.success) throw unexpected(method, new v.ValiError(parsed.issues));
    return parsed.output;
  };

/** Reads the answers of the methods. Each throws LatchkeyError `UNEXPECTED_ANSWER`. */
export const readAnswer = {
  accounts: reader('eth_requestAccounts', v.tupleWithRest([addressSchema], addressSchema)),
  prepare: reader<PrepareResult>('latchkey_prepare', prepareResultSchema),
  use: reader<UseResult>('latchkey_use', useResultSchema),
  progress: reader<RequestProgress>('latchkey_getRequest', progressSchema),
  permissions: reader<readonly GrantSummary[]>('latchkey_getPermissions', v.array(grantSchema)),
  revoke: reader<RevokeResult>('latchkey_revoke', revokeResultSchema),
  usage: reader<Usage>('latchkey_getUsage', usageSchema),
  check: reader<CallCheck>('latchkey_checkCalls', checkSchema),
  enabled: reader('latchkey_isPermissionEnabled', v.boolean()),
  enabledPermissions: reader<EnabledPermissions>(
    'latchkey_checkEnabledPermissions',
    v.record(v.string(), v.record(chainKeySchema, v.boolean())),
  ),
};
