import type { PreparePlan, PrepareRequest } from '../../storage/records';
import type { ConnectionTable, GrantTable } from '../../storage/storage';
import type { Approvals } from '../approvals/approvals';
import type { Chains } from '../chain/chains';
import { internalError } from '../errors/rpcErrors';
import type { ChainEvidence } from '../executor/chainEvidence';
import { failureOf, transactionsOf } from '../executor/outcome';
import type { PrepareExecutor } from '../executor/prepareExecutor';
import { approvalExpired, nodeSilent, notExecutedInTime, notSentInTime } from '../executor/refusals';
import type { createSender } from '../executor/sender';
import type { createTracker } from '../executor/tracker';
import type { Clock } from '../journal/clock';
import type { Journal } from '../journal/journal';
import { checkPrepare } from '../sessions/checkPrepare';
import type { createDrafter } from '../sessions/draft';
import { reviewPrepare } from '../sessions/reviewPrepare';
import type { Account } from './account';
import type { Step, StepResult } from './runner';
import { sessionKeyId } from './sessionKeys';

type Parts = {
  approvals: Approvals;
  journal: Journal;
  account: Account;
  chains: Chains;
  draft: ReturnType<typeof createDrafter>;
  executor: PrepareExecutor;
  send: ReturnType<typeof createSender>;
  track: ReturnType<typeof createTracker>;
  evidence: ChainEvidence;
  grants: GrantTable;
  connections: ConnectionTable;
  clock: Clock;
  isUnlocked: () => Promise<boolean>;
  onConnected: (origin: string) => Promise<void>;
};

const partMissing = () =>
  internalError({
    reason: 'RECORD_INCOMPLETE',
    message: 'A part of the stored request is missing.',
    action: 'Make a new request.',
  });

/** A permission on its way: plan and review, approval, quote, signature, execution, proof on chain. */
export const createPrepareSteps = (parts: Parts): Step<PrepareRequest> => {
  const { approvals, journal, account, chains, executor, grants, connections, clock } = parts;

  const plan = async ({ id, origin, params, createdAt, expiresAt }: PrepareRequest): Promise<StepResult> => {
    const asked = checkPrepare(params, clock.now());
    const owner = await account.owner();
    const chainIds = [...new Set([...asked.map(({ chainId }) => chainId), params.feeToken.chainId])];
    const [{ draft, tokens }] = await Promise.all([
      parts.draft({ grantId: id, owner, params, asked }),
      executor.assertServed(chainIds, params.feeToken.chainId),
    ]);
    const fees = await executor.estimate(draft, params);
    const fixed: PreparePlan = { ...draft, ...fees };
    const names = new Map((await chains.all()).map(({ network }) => [network.chainId, network.name]));
    const view = reviewPrepare({ id, origin, createdAt, expiresAt, plan: fixed, tokens, names });
    await approvals.askPrepare(id, view, fixed);
    return 'pause';
  };

  const received = async (record: PrepareRequest): Promise<StepResult> => {
    if (await parts.isUnlocked()) return plan(record);
    await approvals.show();
    return 'pause';
  };

  const keepGrant = async (
    origin: string,
    { feeEstimate: _estimate, feeMax: _max, ...kept }: PreparePlan,
  ) => {
    if ((await grants.get(kept.grantId)) !== undefined) return;
    const keyId = sessionKeyId(kept.grantId);
    await grants.put({ ...kept, origin, keyId, state: 'enabling', createdAt: clock.now() });
  };

  const connect = async (origin: string, { account: address }: PreparePlan) => {
    if ((await connections.get(origin)) !== undefined) return;
    await connections.put({ origin, account: address, createdAt: clock.now() });
    await parts.onConnected(origin);
  };

  const approved = async (record: PrepareRequest, fixed: PreparePlan): Promise<StepResult> => {
    if (record.expiresAt <= clock.now()) throw approvalExpired();
    if (!(await parts.isUnlocked())) return 'pause';
    await keepGrant(record.origin, fixed);
    await connect(record.origin, fixed);
    await executor.sign(record, fixed);
    return 'continue';
  };

  const signed = async (
    { id, submission }: PrepareRequest,
    fresh: boolean,
    fixed: PreparePlan,
  ): Promise<StepResult> => {
    if (!submission) throw partMissing();
    const taken = await parts.send(submission, { mayBeSent: !fresh });
    const onChain = taken || (await parts.evidence.included(submission, fixed.account)).includes(true);
    if (!onChain) throw notSentInTime();
    await journal.advance(id, 'submitted');
    return 'continue';
  };

  const submitted = async ({ id, submission }: PrepareRequest, fixed: PreparePlan): Promise<StepResult> => {
    if (!submission) throw partMissing();
    const outcome = await parts.track(submission);
    if (!outcome && !(await executor.isEnabled(fixed))) {
      const included = await parts.evidence.included(submission, fixed.account);
      throw included.includes(true) ? nodeSilent(included) : notExecutedInTime();
    }
    const transactions = outcome ? transactionsOf(outcome) : [];
    await journal.note(id, (record) => ({ ...record, transactions }));
    const failure = outcome && failureOf(outcome);
    if (failure) throw failure;
    await journal.advance(id, 'mined');
    return 'continue';
  };

  const mined = async (record: PrepareRequest, fixed: PreparePlan): Promise<StepResult> => {
    const { id, requestId, updatedAt, submission, transactions } = record;
    if (!submission) throw partMissing();
    await executor.proveEnabled(fixed, updatedAt);
    await grants.update(fixed.grantId, (grant) => ({ ...grant, state: 'enabled' }));
    const { grantId, account: address } = fixed;
    const permissions = fixed.permissions.map(({ chainId, permissionId }) => ({ chainId, permissionId }));
    const result = { requestId, grantId, account: address, hash: submission.hash, permissions, transactions };
    await journal.advance(id, 'confirmed', (old) => (old.kind === 'prepare' ? { ...old, result } : old));
    return 'continue';
  };

  return async (record, fresh) => {
    if (record.state === 'received') return received(record);
    if (record.state === 'awaitingReview') return 'pause';
    if (!record.plan) throw partMissing();
    switch (record.state) {
      case 'approved':
      case 'quoted':
        return approved(record, record.plan);
      case 'signed':
        return signed(record, fresh, record.plan);
      case 'submitted':
        return submitted(record, record.plan);
      case 'mined':
        return mined(record, record.plan);
      default:
        return 'pause';
    }
  };
};
