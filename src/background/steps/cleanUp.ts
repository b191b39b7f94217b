import type { RequestRecord } from '../../storage/records';
import type { GrantTable } from '../../storage/storage';
import type { Vault } from '../../vault/index';
import type { UseExecutor } from '../executor/useExecutor';
import { sessionKeyId } from './sessionKeys';

/** What a request that came to nothing leaves behind: its session key is destroyed, what it reserved is given back. */
export const createCleanUp = (parts: {
  grants: GrantTable;
  vault: Pick<Vault, 'destroyKey'>;
  executor: Pick<UseExecutor, 'release'>;
}) => {
  const { grants, vault, executor } = parts;

  /** A grant of which a part is on chain stays: it can be used, and it has to be revoked. */
  const dropGrant = async (grantId: string): Promise<void> => {
    const grant = await grants.get(grantId);
    if (grant && grant.state !== 'enabling') return;
    await vault.destroyKey(sessionKeyId(grantId));
    if (grant) await grants.update(grantId, (stored) => ({ ...stored, state: 'failed' }));
  };

  const giveBack = async (requestId: string, grantId: string): Promise<void> => {
    const grant = await grants.get(grantId);
    if (grant) await executor.release(requestId, grant);
  };

  return async (record: RequestRecord): Promise<void> => {
    if (record.kind === 'prepare') await dropGrant(record.id);
    if (record.kind === 'use' && record.grantId !== undefined) await giveBack(record.id, record.grantId);
  };
};
