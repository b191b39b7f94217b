import type { RevokeParams } from '../../rpc/dapp/grantParams';
import type { GrantTable } from '../../storage/storage';
import type { OpenRequest } from '../handlers/openRequest';
import { canonicalText } from '../journal/canonical';
import type { Journal } from '../journal/journal';
import { locked, noGrant } from '../sessions/denials';
import type { Reconciler } from '../sessions/reconcile';
import type { LocalKill } from '../sessions/revocation';
import type { Runner } from '../steps/runner';
import type { Procedure } from './procedure';
import { requestView } from './requestView';

type Parts = {
  grants: GrantTable;
  journal: Journal;
  open: OpenRequest;
  runner: Runner;
  kill: LocalKill;
  reconciler: Reconciler;
  newId: () => string;
  isUnlocked: () => Promise<boolean>;
};

const grantOf = async ({ grants, isUnlocked }: Parts, grantId: string) => {
  if (!(await isUnlocked())) throw locked();
  const grant = await grants.get(grantId);
  if (!grant) throw noGrant();
  return grant;
};

/** Counters of a grant as the chains have them, which the ledger takes over. */
export const createGetUsageView =
  (parts: Parts): Procedure<'getUsage'> =>
  async ({ grantId }) =>
    parts.reconciler.readKnown(await grantOf(parts, grantId));

type Revoked = { grantId: string; action?: RevokeParams['action'] | undefined };

const isSame = (left: Revoked, right: Revoked): boolean =>
  left.grantId === right.grantId &&
  canonicalText(left.action ?? null) === canonicalText(right.action ?? null);

/** The person ends a grant, or one action of it: at once here, then by a review on chain. */
export const createRevokeGrant =
  (parts: Parts): Procedure<'revokeGrant'> =>
  async ({ grantId, action }) => {
    const { journal, open, runner, kill, newId } = parts;
    const grant = await grantOf(parts, grantId);
    await kill(grant, action);
    const asked = (await journal.open()).find(
      (record) => record.kind === 'revoke' && isSame(record.params, { grantId, action }),
    );
    if (asked) return requestView(asked);
    const requestId = `revoke:${newId()}`;
    const { id } = await open({
      kind: 'revoke',
      origin: grant.origin,
      requestId,
      params: { requestId, grantId, ...(action === undefined ? {} : { action }) },
      by: 'person',
    });
    runner.start(id);
    return requestView(await journal.get(id));
  };
