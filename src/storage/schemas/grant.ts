import * as v from 'valibot';
import type { ConnectionRecord, GrantRecord, LedgerRecord } from '../records';
import { permissionSchema } from './permission';
import { addressSchema, amountSchema, feeTokenSchema, versionSchema, wholeSchema } from './primitives';

export const grantSchema: v.GenericSchema<GrantRecord> = v.looseObject({
  grantId: v.string(),
  origin: v.string(),
  account: addressSchema,
  owner: addressSchema,
  version: versionSchema,
  redeemer: addressSchema,
  keyId: v.string(),
  state: v.picklist(['enabling', 'enabled', 'failed', 'revoking', 'revoked']),
  createdAt: wholeSchema,
  smartSession: addressSchema,
  feeToken: v.exactOptional(feeTokenSchema),
  feeBudget: amountSchema,
  sponsorUrl: v.exactOptional(v.string()),
  permissions: v.array(permissionSchema),
});

const countersSchema = v.record(v.string(), amountSchema);

export const ledgerSchema: v.GenericSchema<LedgerRecord> = v.looseObject({
  grantId: v.string(),
  chainId: wholeSchema,
  used: countersSchema,
  reserved: v.record(v.string(), countersSchema),
});

export const connectionSchema: v.GenericSchema<ConnectionRecord> = v.looseObject({
  origin: v.string(),
  account: addressSchema,
  createdAt: wholeSchema,
});
