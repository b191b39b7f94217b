import type { GrantRecord, UseRequest } from '../../storage/records';
import type { GrantTable } from '../../storage/storage';
import type { ChainEvidence } from '../executor/chainEvidence';
import { failureOf, transactionsOf } from '../executor/outcome';
import { nodeSilent, notExecutedInTime, notSent, recordIncomplete } from '../executor/refusals';
import type { createSender } from '../executor/sender';
import type { createTracker } from '../executor/tracker';
import { countedBy, type UseExecutor } from '../executor/useExecutor';
import type { Journal } from '../journal/journal';
import type { Mutex } from '../journal/mutex';
import { locked } from '../sessions/denials';
import type { createGrantFinder } from '../sessions/grants';
import type { NetworkTime } from '../sessions/networkTime';
import type { Step, StepResult } from './runner';

type Parts = {
  journal: Journal;
  mutex: Mutex;
  finder: ReturnType<typeof createGrantFinder>;
  executor: UseExecutor;
  time: NetworkTime;
  send: ReturnType<typeof createSender>;
  track: ReturnType<typeof createTracker>;
  evidence: ChainEvidence;
  grants: GrantTable;
  isUnlocked: () => Promise<boolean>;
};

/** Calls inside a grant on their way: local verdict and reservation, quote, session signature, execution, proof. */
export const createUseSteps = (parts: Parts): Step<UseRequest> => {
  const { journal, mutex, finder, executor, time, grants } = parts;

  const grantOf = async ({ grantId }: UseRequest): Promise<GrantRecord> => {
    const grant = grantId === undefined ? undefined : await grants.get(grantId);
    if (!grant) throw recordIncomplete();
    return grant;
  };

  const received = async (record: UseRequest): Promise<StepResult> => {
    if (!(await parts.isUnlocked())) throw locked();
    await time.sync(record.params.instructions.map(({ chainId }) => chainId));
    await mutex(`reserve ${record.origin}`, async () => {
      const grant = await finder.find({ origin: record.origin, params: record.params, holder: record.id });
      const { grantId } = grant;
      await journal.note(record.id, (old) => (old.kind === 'use' ? { ...old, grantId } : old));
      await executor.reserve(record, grant);
      await journal.advance(record.id, 'approved');
    });
    return 'continue';
  };

  const approved = async (record: UseRequest): Promise<StepResult> => {
    if (!(await parts.isUnlocked())) throw locked();
    await executor.sign(record, await grantOf(record));
    return 'continue';
  };

  const signed = async (record: UseRequest, fresh: boolean): Promise<StepResult> => {
    const { id, submission } = record;
    if (!submission) throw recordIncomplete();
    const taken = await parts.send(submission, { mayBeSent: !fresh });
    const { account } = await grantOf(record);
    const onChain = taken || (await parts.evidence.included(submission, account)).includes(true);
    if (!onChain) throw notSent(submission);
    await journal.advance(id, 'submitted');
    return 'continue';
  };

  const settleSilence = async (record: UseRequest, grant: GrantRecord): Promise<never> => {
    if (!record.submission) throw recordIncomplete();
    const { operations } = record.submission;
    const included = await parts.evidence.included(record.submission, grant.account);
    const counted = operations.map(({ chainId }, index) => ({ chainId, counted: included[index] ?? false }));
    await executor.settle(record, grant.grantId, counted);
    throw included.includes(true) ? nodeSilent(included) : notExecutedInTime();
  };

  const submitted = async (record: UseRequest): Promise<StepResult> => {
    const { id, submission } = record;
    if (!submission) throw recordIncomplete();
    const grant = await grantOf(record);
    const outcome = await parts.track(submission);
    if (!outcome) return settleSilence(record, grant);
    await executor.settle(record, grant.grantId, countedBy(outcome));
    await journal.note(id, (old) => ({ ...old, transactions: transactionsOf(outcome) }));
    const failure = failureOf(outcome);
    if (failure) throw failure;
    await journal.advance(id, 'mined');
    return 'continue';
  };

  const mined = async (record: UseRequest): Promise<StepResult> => {
    const { id, requestId, updatedAt, submission, transactions } = record;
    if (!submission) throw recordIncomplete();
    const failure = failureOf(await parts.evidence.prove(submission, transactions, updatedAt));
    if (failure) throw failure;
    const { grantId } = await grantOf(record);
    const result = { requestId, grantId, hash: submission.hash, transactions };
    await journal.advance(id, 'confirmed', (old) => (old.kind === 'use' ? { ...old, result } : old));
    return 'continue';
  };

  return async (record, fresh) => {
    switch (record.state) {
      case 'received':
        return received(record);
      case 'approved':
      case 'quoted':
        return approved(record);
      case 'signed':
        return signed(record, fresh);
      case 'submitted':
        return submitted(record);
      case 'mined':
        return mined(record);
      default:
        return 'pause';
    }
  };
};
