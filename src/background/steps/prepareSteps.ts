import type { PreparePlan, PrepareRequest } from '../../storage/records';
import type { Approvals } from '../approvals/approvals';
import type { ChainEvidence } from '../executor/chainEvidence';
import { failureOf, transactionsOf } from '../executor/outcome';
import type { OwnerTransactions } from '../executor/ownerTransaction';
import { isWhole, type PrepareExecutor } from '../executor/prepareExecutor';
import {
  approvalExpired,
  nodeSilent,
  notEnabled,
  notExecutedInTime,
  notSent,
  recordIncomplete,
} from '../executor/refusals';
import type { createSender } from '../executor/sender';
import { isSendable } from '../executor/submission';
import type { createTracker } from '../executor/tracker';
import type { Clock } from '../journal/clock';
import type { Journal } from '../journal/journal';
import type { Mutex } from '../journal/mutex';
import type { PermissionState } from '../sessions/chainState';
import type { Granting } from './granting';
import { createReviewedSteps } from './reviewedSteps';
import type { Step, StepResult } from './runner';

type Parts = {
  approvals: Approvals;
  journal: Journal;
  mutex: Mutex;
  plan: (record: PrepareRequest) => Promise<StepResult>;
  granting: Granting;
  executor: PrepareExecutor;
  transactions: Pick<OwnerTransactions, 'offer' | 'settle'>;
  send: ReturnType<typeof createSender>;
  track: ReturnType<typeof createTracker>;
  evidence: ChainEvidence;
  clock: Clock;
  isUnlocked: () => Promise<boolean>;
};

const resultOf = ({ requestId, submission, transactions }: PrepareRequest, plan: PreparePlan) => {
  const { grantId, redeemer, account, permissions } = plan;
  return {
    requestId,
    ...(redeemer === undefined ? {} : { grantId, redeemer }),
    account,
    ...(submission === undefined ? {} : { hash: submission.hash }),
    permissions: permissions.map(({ chainId, permissionId }) => ({ chainId, permissionId })),
    transactions,
    outcome: 'executed' as const,
  };
};

/** A permission on its way: plan and review, approval, quote, signature, execution, proof on chain. */
export const createPrepareSteps = (parts: Parts): Step<PrepareRequest> => {
  const { approvals, journal, mutex, granting, executor, transactions, clock } = parts;

  const received = async (record: PrepareRequest): Promise<StepResult> => {
    if (await parts.isUnlocked()) return parts.plan(record);
    await approvals.show();
    return 'pause';
  };

  /** What the owner signs by a nonce of its own goes out before the next of its kind is signed. */
  const sign = (record: PrepareRequest, fixed: PreparePlan): Promise<void> =>
    mutex('owner nonce', async () => {
      await executor.sign(record, fixed);
      const { submission } = await journal.get(record.id);
      if (submission?.ownerTransaction) await transactions.offer(submission.ownerTransaction);
    });

  const approved = async (record: PrepareRequest, fixed: PreparePlan): Promise<StepResult> => {
    if (record.expiresAt <= clock.now()) throw approvalExpired();
    if (!(await parts.isUnlocked())) return 'pause';
    await granting.keep(record.origin, fixed);
    await granting.connect(record.origin, fixed);
    await sign(record, fixed);
    return 'continue';
  };

  const signed = async (
    { id, submission }: PrepareRequest,
    fresh: boolean,
    fixed: PreparePlan,
  ): Promise<StepResult> => {
    if (!submission) throw recordIncomplete();
    const { ownerTransaction, upperBound } = submission;
    if (ownerTransaction && isSendable(submission)) await transactions.settle(ownerTransaction, upperBound);
    const taken = await parts.send(submission, { mayBeSent: !fresh });
    const onChain = taken || (await parts.evidence.included(submission, fixed.account)).includes(true);
    if (!onChain) throw notSent(submission);
    await journal.advance(id, 'submitted');
    return 'continue';
  };

  /** What is on chain can be used, whatever became of the rest. */
  const keepWhatIsThere = async (fixed: PreparePlan): Promise<readonly PermissionState[] | undefined> => {
    const found = await executor.statesOf(fixed).catch(() => undefined);
    if (found?.some(({ enabled }) => enabled)) await granting.enable(fixed, found);
    return found;
  };

  const submitted = async ({ id, submission }: PrepareRequest, fixed: PreparePlan): Promise<StepResult> => {
    if (!submission) throw recordIncomplete();
    const outcome = await parts.track(submission);
    if (!outcome) {
      const included = await parts.evidence.included(submission, fixed.account);
      await keepWhatIsThere(fixed);
      throw included.includes(true) ? nodeSilent(included) : notExecutedInTime();
    }
    await journal.note(id, (record) => ({ ...record, transactions: transactionsOf(outcome) }));
    const failure = failureOf(outcome);
    if (failure) {
      await keepWhatIsThere(fixed);
      throw failure;
    }
    await journal.advance(id, 'mined');
    return 'continue';
  };

  const proveExecuted = async ({ submission, transactions: mined, updatedAt }: PrepareRequest) => {
    if (!submission) throw recordIncomplete();
    const failure = failureOf(await parts.evidence.prove(submission, mined, updatedAt));
    if (failure) throw failure;
  };

  const mined = async (record: PrepareRequest, fixed: PreparePlan): Promise<StepResult> => {
    const [found] = await Promise.all([
      executor.waitEnabled(fixed, record.updatedAt),
      proveExecuted(record),
      executor.proveDelegated(fixed),
    ]);
    const lacking = found.filter((state) => !isWhole(state)).map(({ chainId }) => chainId);
    const partly = found.some(({ enabled }) => enabled);
    if (lacking.length === 0 || partly) await granting.enable(fixed, found);
    if (lacking.length > 0) throw notEnabled(lacking, partly);
    const result = resultOf(record, fixed);
    await journal.advance(record.id, 'confirmed', (old) =>
      old.kind === 'prepare' ? { ...old, result } : old,
    );
    return 'continue';
  };

  return createReviewedSteps({ received, approved, signed, submitted, mined });
};
