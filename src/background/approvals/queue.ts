import type { RequestRecord } from '../../storage/records';
import { tooManyRequests } from '../errors/rpcErrors';

const maxWaiting = 5;
const rejectionsInARow = 4;
const pauseSeconds = 60;

/** Reasons that mean that the person said no to this very request, or that its page gave it up. */
const explicitReasons: readonly string[] = ['USER_REJECTED', 'REVIEW_CLOSED', 'PAGE_CLOSED'];

/** Whether a request waits for the person: to unlock, to be planned for a review, or to be decided. */
export const waitsForPerson = (record: RequestRecord): boolean =>
  record.kind !== 'use' && (record.state === 'received' || record.state === 'awaitingReview');

const isExplicitRejection = (record: RequestRecord): boolean =>
  record.state === 'rejected' && explicitReasons.includes(record.error?.data?.reason ?? '');

const rejectedInARow = (history: readonly RequestRecord[]): readonly RequestRecord[] => {
  const decided = history.filter((record) => record.kind !== 'use' && !waitsForPerson(record));
  const lastOther = decided.findLastIndex((record) => !isExplicitRejection(record));
  return decided.slice(lastOther + 1);
};

/**
 * Refuses a review that would pile up: one per site, a few in all, and a pause for a site that was just refused several
 * times in a row.
 * @param open requests that aren't over
 * @param history requests of this origin, oldest first
 * @param now unix seconds
 */
export const assertRoomForReview = (parts: {
  origin: string;
  open: readonly RequestRecord[];
  history: readonly RequestRecord[];
  now: number;
}): void => {
  const waiting = parts.open.filter(waitsForPerson);
  if (waiting.some((record) => record.origin === parts.origin)) {
    throw tooManyRequests({
      reason: 'REVIEW_PENDING',
      message: 'A request of this site already waits for the person.',
      action: 'Wait until it is decided in the Latchkey window.',
    });
  }
  if (waiting.length >= maxWaiting) {
    throw tooManyRequests({
      reason: 'TOO_MANY_REVIEWS',
      message: 'Too many requests wait for the person.',
      action: 'Decide the waiting requests in the Latchkey window, then try again.',
    });
  }
  const refused = rejectedInARow(parts.history);
  const last = refused.at(-1);
  if (last && refused.length >= rejectionsInARow && parts.now < last.updatedAt + pauseSeconds) {
    throw tooManyRequests({
      reason: 'REJECTED_REPEATEDLY',
      message: 'The person has just refused several requests of this site.',
      action: `Wait ${pauseSeconds} seconds before asking again.`,
    });
  }
};
