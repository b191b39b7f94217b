import type { GrantTable } from '../../storage/storage';
import type { Journal } from '../journal/journal';
import { noGrant } from '../sessions/denials';
import type { LocalKill } from '../sessions/revocation';
import type { Runner } from '../steps/runner';
import type { Handler } from './handler';
import { assertConfirmed, noResult, type OpenRequest } from './openRequest';

/**
 * `latchkey_revoke`: ends a grant of this origin here, at once and also while locked; then asks the person to have it
 * removed on chain, and answers when no chain holds it any more.
 */
export const createRevoke =
  (parts: {
    grants: GrantTable;
    journal: Journal;
    open: OpenRequest;
    runner: Runner;
    kill: LocalKill;
  }): Handler<'latchkey_revoke'> =>
  async ([params], origin) => {
    const { grants, journal, open, runner, kill } = parts;
    const grant = await grants.get(params.grantId);
    if (grant?.origin !== origin) throw noGrant();
    if (!(await journal.find(origin, params.requestId))) await kill(grant, params.action);
    const { id } = await open({ kind: 'revoke', origin, requestId: params.requestId, params, by: 'dapp' });
    runner.start(id);
    const record = await journal.ended(id);
    assertConfirmed(record);
    if (record.kind !== 'revoke' || !record.result) throw noResult();
    return record.result;
  };
