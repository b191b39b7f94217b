import type { RevokeParams } from '../../rpc/dapp/grantParams';
import type { PrepareParams } from '../../rpc/dapp/prepareParams';
import type { UseParams } from '../../rpc/dapp/useParams';
import { RpcError } from '../../rpc/errors';
import type { RequestRecord } from '../../storage/records';
import { assertRoomForReview, waitsForPerson } from '../approvals/queue';
import { internalError, invalidParams, tooManyRequests } from '../errors/rpcErrors';
import { canonicalText } from '../journal/canonical';
import type { Clock } from '../journal/clock';
import type { Journal } from '../journal/journal';
import type { Mutex } from '../journal/mutex';

/** Unix seconds that a request may wait for the person. */
const reviewSeconds = 15 * 60;
const maxOpenUses = 256;

/** A new request of a page. */
export type NewRequest = { origin: string; requestId: string } & (
  | { kind: 'connect' }
  | { kind: 'prepare'; params: PrepareParams }
  | { kind: 'use'; params: UseParams }
  | { kind: 'revoke'; params: RevokeParams; by: 'dapp' | 'person' }
);

const otherRequest = (requestId: string) =>
  invalidParams({
    reason: 'REQUEST_ID_TAKEN',
    message: 'This requestId already belongs to a request with other parameters.',
    action: 'Use a fresh requestId for a new request, or the same parameters to attach to the old one.',
    details: { requestId },
  });

const tooManyUses = () =>
  tooManyRequests({
    reason: 'TOO_MANY_USES',
    message: 'Too many requests of this site are being executed.',
    action: 'Wait until earlier requests have ended.',
  });

const paramsOf = (request: NewRequest | RequestRecord) =>
  request.kind === 'connect' ? null : request.params;

const assertSame = (record: RequestRecord, request: NewRequest): void => {
  const same =
    record.kind === request.kind && canonicalText(paramsOf(record)) === canonicalText(paramsOf(request));
  if (!same) throw otherRequest(request.requestId);
};

/** Opens a request, or attaches to the one of the same name: nothing of one name is ever run twice. */
export const createOpenRequest = (parts: {
  journal: Journal;
  mutex: Mutex;
  clock: Clock;
  newId: () => string;
  /** Called once a request is stored. */
  onOpened: () => Promise<void>;
}) => {
  const { journal, mutex, clock, newId, onOpened } = parts;

  /** The person's own requests always have room. */
  const assertRoom = async (request: NewRequest): Promise<void> => {
    const { kind, origin } = request;
    if (kind === 'revoke' && request.by === 'person') return;
    const open = await journal.open();
    if (kind !== 'use') {
      const history = await journal.ofOrigin(origin);
      return assertRoomForReview({ origin, open, history, now: clock.now() });
    }
    const uses = open.filter((record) => record.origin === origin && !waitsForPerson(record));
    if (uses.length >= maxOpenUses) throw tooManyUses();
  };

  /** A connection has no parameters: every page of an origin waits for the one that is pending. */
  const find = async ({ kind, origin, requestId }: NewRequest): Promise<RequestRecord | undefined> => {
    if (kind !== 'connect') return journal.find(origin, requestId);
    return (await journal.open()).find((record) => record.kind === 'connect' && record.origin === origin);
  };

  return (request: NewRequest): Promise<RequestRecord> =>
    mutex('open request', async () => {
      const existing = await find(request);
      if (existing) {
        assertSame(existing, request);
        return existing;
      }
      await assertRoom(request);
      const now = clock.now();
      const { record } = await journal.insert({
        ...request,
        id: newId(),
        state: 'received',
        createdAt: now,
        updatedAt: now,
        expiresAt: now + reviewSeconds,
        transactions: [],
      });
      await onOpened();
      return record;
    });
};

export type OpenRequest = ReturnType<typeof createOpenRequest>;

/** What is missing is a defect: a confirmed request always has a result. */
export const noResult = (): RpcError =>
  internalError({
    reason: 'RESULT_MISSING',
    message: 'The result of the request is missing.',
    action: 'Ask for the state of the request.',
  });

/** Throws the error with which a request ended, as it was stored. */
export const assertConfirmed = ({ error }: RequestRecord): void => {
  if (!error) return;
  const data = error.data ?? { reason: 'UNKNOWN', action: 'Make a new request.' };
  throw new RpcError(error.code, error.message, data);
};
