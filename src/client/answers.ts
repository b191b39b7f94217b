import * as v from 'valibot';
import type {
  GrantSummary,
  PrepareResult,
  RequestState,
  RequestStatus,
  UseResult,
} from '../rpc/dapp/methods';
import { addressSchema, bytesSchema, chainIdSchema, selectorSchema, wordSchema } from '../rpc/dapp/schema';
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

const prepareResultSchema = v.object({
  ...useResultSchema.entries,
  account: addressSchema,
  permissions: v.array(v.object({ chainId: chainIdSchema, permissionId: wordSchema })),
});

const policySchema = v.object({ policy: addressSchema, initData: bytesSchema });

const actionSchema = v.object({
  actionTarget: addressSchema,
  actionTargetSelector: selectorSchema,
  actionPolicies: v.array(policySchema),
});

const grantSchema = v.object({
  grantId: v.string(),
  account: addressSchema,
  redeemer: addressSchema,
  state: v.picklist(['enabling', 'enabled', 'failed']),
  feeToken: v.object({ address: addressSchema, chainId: chainIdSchema }),
  permissions: v.array(
    v.object({ chainId: chainIdSchema, permissionId: wordSchema, actions: v.array(actionSchema) }),
  ),
});

const progressSchema = v.object({
  requestId: v.string(),
  kind: v.picklist(['connect', 'prepare', 'use']),
  state: v.picklist(states),
  hash: v.exactOptional(wordSchema),
  result: v.exactOptional(v.union([prepareResultSchema, useResultSchema])),
  error: v.exactOptional(v.pipe(v.unknown(), v.transform(toLatchkeyError))),
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
  enabled: reader('latchkey_isPermissionEnabled', v.boolean()),
};
