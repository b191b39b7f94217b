import type { DamagedRecord, GrantTable } from '../../storage/storage';
import type { Vault } from '../../vault/index';
import type { Approvals } from '../approvals/approvals';
import { unavailable } from '../errors/rpcErrors';
import { ownerKeyId } from '../owner/localOwner';
import type { Locking } from '../steps/locking';
import type { Runner } from '../steps/runner';
import type { Procedure } from './procedure';
import type { ReadState } from './state';

type Parts = {
  vault: Vault;
  grants: GrantTable;
  /** Stored records that can't be read. */
  damaged: () => Promise<readonly DamagedRecord[]>;
  approvals: Approvals;
  runner: Runner;
  readState: ReadState;
  locking: Pick<Locking, 'touch'>;
  /** Forgets every permission and connection, and whatever can't be read. */
  forgetAll: () => Promise<void>;
  onChange: () => void;
};

const recordsDamaged = (damaged: readonly DamagedRecord[]) =>
  unavailable({
    reason: 'RECORDS_DAMAGED',
    message: 'Some of what Latchkey has stored is damaged. It was left as it is, and no new owner was made.',
    action: 'Restore the browser profile, or reset Latchkey and import a backup file.',
    details: { damaged },
  });

/** Permissions that can't be read may belong to an owner whose key is elsewhere. @throws RpcError RECORDS_DAMAGED */
const assertOwnerIsSafe = async ({ vault, damaged }: Parts): Promise<void> => {
  if (await vault.hasKey(ownerKeyId)) return;
  const found = await damaged();
  if (found.length > 0) throw recordsDamaged(found);
};

/** A vault whose making was cut short has no owner yet. One that has granted anything never gets another. */
const ensureOwner = async (parts: Parts): Promise<void> => {
  const { vault, grants } = parts;
  await assertOwnerIsSafe(parts);
  if ((await vault.hasKey(ownerKeyId)) || (await grants.all()).length > 0) return;
  await vault.createKey({ id: ownerKeyId, kind: 'owner' });
};

/** Opens what has waited for the vault. */
export const opened = async (parts: Parts) => {
  await ensureOwner(parts);
  await parts.locking.touch();
  void parts.runner.resume();
  parts.onChange();
  return parts.readState();
};

export const createCreateVault =
  (parts: Parts): Procedure<'createVault'> =>
  async ({ password }) => {
    await assertOwnerIsSafe(parts);
    await parts.vault.create({ password });
    return opened(parts);
  };

export const createUnlock =
  (parts: Parts): Procedure<'unlock'> =>
  async ({ password }) => {
    await assertOwnerIsSafe(parts);
    await parts.vault.unlock({ password });
    return opened(parts);
  };

export const createChangePassword =
  ({ vault, readState }: Parts): Procedure<'changePassword'> =>
  async ({ password, newPassword }) => {
    await vault.changePassword({ password, newPassword });
    return readState();
  };

/** Deletes every key for good, and with them everything that is of no use without. */
export const createResetVault =
  ({ vault, approvals, readState, forgetAll, onChange }: Parts): Procedure<'resetVault'> =>
  async ({ confirm }) => {
    await vault.reset({ confirm });
    await approvals.rejectAll('locked');
    await forgetAll();
    onChange();
    return readState();
  };

/** Locks, and rejects everything that waits for the person. */
export const createLock =
  ({ vault, approvals, readState, onChange }: Parts): Procedure<'lock'> =>
  async () => {
    await vault.lock();
    await approvals.rejectAll('locked');
    onChange();
    return readState();
  };
