import type { Review } from '../../rpc/popup/review';
import type { Approvals } from '../approvals/approvals';
import type { Journal } from '../journal/journal';
import { locked } from '../sessions/denials';
import type { Runner } from '../steps/runner';
import type { Procedure } from './procedure';
import { requestView } from './requestView';

type Parts = {
  journal: Journal;
  approvals: Approvals;
  runner: Runner;
  isUnlocked: () => Promise<boolean>;
};

const assertUnlocked = async ({ isUnlocked }: Parts): Promise<void> => {
  if (!(await isUnlocked())) throw locked();
};

/** The review as it was fixed; nothing once it is decided. */
export const createGetReview =
  (parts: Parts): Procedure<'getReview'> =>
  async ({ reviewId }): Promise<Review | undefined> => {
    await assertUnlocked(parts);
    const record = (await parts.journal.open()).find(({ id }) => id === reviewId);
    if (!record || record.kind === 'use' || record.state !== 'awaitingReview') return undefined;
    await parts.approvals.saw(reviewId);
    return record.review;
  };

export const createApprove =
  (parts: Parts): Procedure<'approve'> =>
  async (approval) => {
    await assertUnlocked(parts);
    const { journal, approvals, runner } = parts;
    if (await approvals.approve(approval)) runner.start(approval.reviewId);
    return requestView(await journal.get(approval.reviewId));
  };

export const createReject =
  (parts: Parts): Procedure<'reject'> =>
  async (decision) => {
    await assertUnlocked(parts);
    await parts.approvals.reject(decision);
    return requestView(await parts.journal.get(decision.reviewId));
  };

export const createGetRequestView =
  (parts: Parts): Procedure<'getRequest'> =>
  async ({ id }) => {
    await assertUnlocked(parts);
    return requestView(await parts.journal.get(id));
  };
