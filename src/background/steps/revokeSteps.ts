import type { GrantRecord, RevokePlan, RevokeRequest } from '../../storage/records';
import type { GrantTable } from '../../storage/storage';
import type { Approvals } from '../approvals/approvals';
import type { Chains } from '../chain/chains';
import type { ChainEvidence } from '../executor/chainEvidence';
import { failureOf, transactionsOf } from '../executor/outcome';
import {
  approvalExpired,
  nodeSilent,
  notExecutedInTime,
  notSent,
  recordIncomplete,
} from '../executor/refusals';
import type { RevokeExecutor } from '../executor/revokeExecutor';
import type { createSender } from '../executor/sender';
import type { createTracker } from '../executor/tracker';
import type { Clock } from '../journal/clock';
import type { Journal } from '../journal/journal';
import type { ChainState } from '../sessions/chainState';
import { planRevoke } from '../sessions/plan/revoke';
import { reviewRevoke } from '../sessions/review/revoke';
import { holdsOf } from '../sessions/revocation';
import { readTokens } from '../sessions/tokenBook';
import { createReviewedSteps } from './reviewedSteps';
import type { Step, StepResult } from './runner';

type Parts = {
  approvals: Approvals;
  journal: Journal;
  chains: Chains;
  chainState: Pick<ChainState, 'read'>;
  executor: RevokeExecutor;
  send: ReturnType<typeof createSender>;
  track: ReturnType<typeof createTracker>;
  evidence: ChainEvidence;
  grants: GrantTable;
  clock: Clock;
  isUnlocked: () => Promise<boolean>;
};

/** A grant that ended here on its way off the chains: plan and review, signature, execution, proof. */
export const createRevokeSteps = (parts: Parts): Step<RevokeRequest> => {
  const { approvals, journal, chains, chainState, executor, grants, clock } = parts;

  const grantOf = async ({ params }: RevokeRequest): Promise<GrantRecord> => {
    const grant = await grants.get(params.grantId);
    if (!grant) throw recordIncomplete();
    return grant;
  };

  const finish = async (record: RevokeRequest): Promise<StepResult> => {
    const { id, requestId, params, submission, transactions } = record;
    if (!params.action) {
      await grants.update(params.grantId, (grant) => ({ ...grant, state: 'revoked' }));
    }
    const hash = submission === undefined ? {} : { hash: submission.hash };
    const result = { requestId, grantId: params.grantId, ...hash, transactions };
    await journal.advance(id, 'confirmed', (old) => (old.kind === 'revoke' ? { ...old, result } : old));
    return 'continue';
  };

  const held = async (grant: GrantRecord, { params }: RevokeRequest) => {
    const found = await Promise.all(
      grant.permissions.map(async (permission) =>
        holdsOf(permission, await chainState.read(grant, permission), params.action) ? [permission] : [],
      ),
    );
    return found.flat();
  };

  const plan = async (record: RevokeRequest): Promise<StepResult> => {
    const grant = await grantOf(record);
    const permissions = await held(grant, record);
    if (permissions.length === 0) return finish(record);
    const draft = planRevoke(grant, permissions, record.params.action);
    const onChains = await chains.all();
    const [fees, tokens] = await Promise.all([
      executor.estimate(draft, record),
      readTokens(onChains, draft.feeToken ? [draft.feeToken] : []),
    ]);
    const fixed: RevokePlan = { ...draft, ...fees };
    const names = new Map(onChains.map(({ network }) => [network.chainId, network.name]));
    const chainName = (chainId: number) => names.get(chainId) ?? `Chain ${chainId}`;
    await approvals.askRevoke(
      record.id,
      reviewRevoke({ record, plan: fixed, context: { account: grant.account, tokens, chainName } }),
      fixed,
    );
    return 'pause';
  };

  const received = async (record: RevokeRequest): Promise<StepResult> => {
    if (await parts.isUnlocked()) return plan(record);
    await approvals.show();
    return 'pause';
  };

  const approved = async (record: RevokeRequest, fixed: RevokePlan): Promise<StepResult> => {
    if (record.expiresAt <= clock.now()) throw approvalExpired();
    if (!(await parts.isUnlocked())) return 'pause';
    await executor.sign(record, fixed);
    return 'continue';
  };

  const signed = async (
    { id, submission }: RevokeRequest,
    fresh: boolean,
    fixed: RevokePlan,
  ): Promise<StepResult> => {
    if (!submission) throw recordIncomplete();
    const taken = await parts.send(submission, { mayBeSent: !fresh });
    const onChain = taken || (await parts.evidence.included(submission, fixed.account)).includes(true);
    if (!onChain) throw notSent(submission);
    await journal.advance(id, 'submitted');
    return 'continue';
  };

  const submitted = async (record: RevokeRequest, fixed: RevokePlan): Promise<StepResult> => {
    const { id, submission } = record;
    if (!submission) throw recordIncomplete();
    const outcome = await parts.track(submission);
    if (!outcome && !(await executor.isRemoved(fixed, record))) {
      const included = await parts.evidence.included(submission, fixed.account);
      throw included.includes(true) ? nodeSilent(included) : notExecutedInTime();
    }
    await journal.note(id, (old) => ({ ...old, transactions: outcome ? transactionsOf(outcome) : [] }));
    const failure = outcome && failureOf(outcome);
    if (failure) throw failure;
    await journal.advance(id, 'mined');
    return 'continue';
  };

  const mined = async (record: RevokeRequest, fixed: RevokePlan): Promise<StepResult> => {
    await executor.proveRemoved(fixed, record, record.updatedAt);
    return finish(record);
  };

  return createReviewedSteps({ received, approved, signed, submitted, mined });
};
