import type { Hex } from 'viem';
import type { SerializedRpcError } from '../../rpc/errors';
import type { ConnectReview, PrepareReview, Review, RevokeReview } from '../../rpc/popup/review';
import type { PreparePlan, RequestRecord, RevokePlan } from '../../storage/records';
import { hasReason, invalidParams } from '../errors/rpcErrors';
import type { Journal } from '../journal/journal';
import type { Mutex } from '../journal/mutex';
import { assertAcknowledged } from './acknowledgement';
import { reviewDigest } from './digest';
import { waitsForPerson } from './queue';
import { rejections } from './rejections';
import type { ClosedPage, ReviewPage } from './reviewPage';

/** Unix seconds that an approval stays good for signing. */
const approvalSeconds = 600;

/** A decision of the person: on which review, and the digest of what was on the screen. */
type Decision = { reviewId: string; digest: Hex };

/** A yes, with the codes of the dangers that the person agreed to. */
type Approval = Decision & { acknowledged?: readonly string[] };

type Draft<R extends Review> = Omit<R, 'digest'>;

export type Approvals = {
  /** Fixes a review and its plan, stores both with their digest and shows the review. */
  askConnect(id: string, view: Draft<ConnectReview>): Promise<void>;
  askPrepare(id: string, view: Draft<PrepareReview>, plan: PreparePlan): Promise<void>;
  askRevoke(id: string, view: Draft<RevokeReview>, plan: RevokePlan): Promise<void>;
  /** Ends what a page that is gone had on its screen, then shows what waits, if anything does. */
  show(options?: { focus: boolean }): Promise<void>;
  /** The person looks at a review. */
  saw(reviewId: string): Promise<void>;
  /**
   * Gives true when this decision is the one that counts. Throws REVIEW_CHANGED for another digest, and
   * NOT_ACKNOWLEDGED when a danger wasn't agreed to.
   */
  approve(approval: Approval): Promise<boolean>;
  reject(decision: Decision): Promise<boolean>;
  /** A tab was closed. Gives the ids of the requests that this rejects. */
  tabClosed(tabId: number): Promise<readonly string[]>;
  /** Ends everything that waits. Gives the ids. */
  rejectAll(why: 'locked' | 'restarted'): Promise<readonly string[]>;
  /** Ends what an origin's pages asked for, once none of them is left. Gives the ids. */
  rejectLeft(origin: string): Promise<readonly string[]>;
  /** The origins whose pages asked for what waits. */
  waitingOrigins(): Promise<readonly string[]>;
  /** Ends what has waited too long. Gives the ids. */
  expire(): Promise<readonly string[]>;
};

const reviewChanged = () =>
  invalidParams({
    reason: 'REVIEW_CHANGED',
    message: 'This decision is about something else than the stored request.',
    action: 'Open the review again and decide on what it shows.',
  });

/** The person's own requests have no page. */
const isAskedByPage = (record: RequestRecord): boolean => record.kind !== 'revoke' || record.by === 'dapp';

const viewOf = (record: RequestRecord): Review | undefined =>
  record.kind === 'use' ? undefined : record.review;

const digestOf = (record: RequestRecord): Hex | undefined => {
  const review = viewOf(record);
  if (!review) return undefined;
  const { digest: _shown, ...view } = review;
  const plan = record.kind === 'prepare' || record.kind === 'revoke' ? record.plan : undefined;
  return reviewDigest(plan ? { view, plan } : { view });
};

const assertSameDigest = (record: RequestRecord, digest: Hex): void => {
  if (record.digest !== digest || digestOf(record) !== digest) throw reviewChanged();
};

export const createApprovals = (parts: {
  journal: Journal;
  page: ReviewPage;
  mutex: Mutex;
  /** Unix seconds. */
  now: () => number;
  isUnlocked: () => Promise<boolean>;
}): Approvals => {
  const { journal, page, mutex, now, isUnlocked } = parts;

  const waiting = async () => (await journal.open()).filter(waitsForPerson);

  /** One after the other, so that what a closed page ended is never shown again. */
  const onPage = <T>(task: () => Promise<T>) => mutex('review page', task);

  const endAll = async (
    records: readonly RequestRecord[],
    to: 'rejected' | 'expired',
    error: SerializedRpcError,
  ) => {
    const ended = await Promise.all(
      records.map(async ({ id }) => ((await journal.end(id, to, error)) ? [id] : [])),
    );
    return ended.flat();
  };

  const expire = async (): Promise<readonly string[]> => {
    const late = (await waiting()).filter((record) => record.expiresAt <= now());
    return endAll(late, 'expired', rejections.expired.toJSON());
  };

  /** Ends what a closed page had on its screen; while locked everything, since the unlock was closed. */
  const endClosed = async (closed: ClosedPage): Promise<readonly string[]> => {
    const records = await waiting();
    const reviews = records.filter((record) => record.state === 'awaitingReview');
    const onScreen = reviews.filter((record) => record.id === (closed.shown ?? reviews[0]?.id));
    return endAll((await isUnlocked()) ? onScreen : records, 'rejected', rejections.closed.toJSON());
  };

  const show = (options = { focus: true }): Promise<void> =>
    onPage(async () => {
      const gone = await page.gone();
      if (gone) await endClosed(gone);
      const unlocked = await isUnlocked();
      const next = (await waiting()).find((record) => !unlocked || record.state === 'awaitingReview');
      if (next) await page.show(`/review/${next.id}`, options);
    });

  /** Decisions on one review in the order in which they were made: the first one counts. */
  const inTurn = <T>(reviewId: string, task: () => Promise<T>) => mutex(`decide ${reviewId}`, task);

  const step = async (id: string, take: () => Promise<unknown>): Promise<boolean> => {
    try {
      await take();
      return true;
    } catch (error) {
      if (hasReason(error, 'ILLEGAL_STEP') && (await journal.get(id)).state !== 'received') return false;
      throw error;
    }
  };

  return {
    askConnect: async (id, view) => {
      const digest = reviewDigest({ view });
      await journal.advance(id, 'awaitingReview', (record) =>
        record.kind === 'connect'
          ? { ...record, digest, review: { ...view, digest }, account: view.account }
          : record,
      );
      await show();
    },
    askPrepare: async (id, view, plan) => {
      const digest = reviewDigest({ view, plan });
      await journal.advance(id, 'awaitingReview', (record) =>
        record.kind === 'prepare' ? { ...record, digest, plan, review: { ...view, digest } } : record,
      );
      await show();
    },
    askRevoke: async (id, view, plan) => {
      const digest = reviewDigest({ view, plan });
      await journal.advance(id, 'awaitingReview', (record) =>
        record.kind === 'revoke' ? { ...record, digest, plan, review: { ...view, digest } } : record,
      );
      await show();
    },
    show,
    saw: (reviewId) => page.saw(reviewId),
    approve: ({ reviewId, digest, acknowledged = [] }) =>
      inTurn(reviewId, async () => {
        await expire();
        return step(reviewId, async () => {
          const reviewed = await journal.get(reviewId);
          assertSameDigest(reviewed, digest);
          assertAcknowledged(viewOf(reviewed), acknowledged);
          await journal.advance(reviewId, 'approved', (record) => ({
            ...record,
            expiresAt: now() + approvalSeconds,
          }));
        });
      }),
    reject: ({ reviewId, digest }) =>
      inTurn(reviewId, async () => {
        assertSameDigest(await journal.get(reviewId), digest);
        return journal.end(reviewId, 'rejected', rejections.rejected.toJSON());
      }),
    tabClosed: async (tabId) => {
      const ended = await onPage(async () => {
        const closed = await page.closed(tabId);
        return closed && endClosed(closed);
      });
      if (ended) await show();
      return ended ?? [];
    },
    rejectAll: async (why) => endAll(await waiting(), 'rejected', rejections[why].toJSON()),
    rejectLeft: async (origin) => {
      const left = (await waiting()).filter((record) => record.origin === origin && isAskedByPage(record));
      return endAll(left, 'rejected', rejections.left.toJSON());
    },
    waitingOrigins: async () => [
      ...new Set((await waiting()).filter(isAskedByPage).map(({ origin }) => origin)),
    ],
    expire,
  };
};
