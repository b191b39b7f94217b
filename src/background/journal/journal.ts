import type { RequestState } from '../../rpc/dapp/methods';
import type { SerializedRpcError } from '../../rpc/errors';
import type { RequestRecord } from '../../storage/records';
import type { RequestTable } from '../../storage/storage';
import { internalError, invalidParams } from '../errors/rpcErrors';
import { finalStates, isFinal, isLegalStep, openStates } from './states';
import { createWaiters } from './waiters';

/** A step that the state machine doesn't have, such as a second decision on one review. Reason `ILLEGAL_STEP`. */
const illegalStep = (from: RequestState, to: RequestState) =>
  internalError({
    reason: 'ILLEGAL_STEP',
    message: `A request can't go from ${from} to ${to}.`,
    action: 'Ask for the state of the request and start from there.',
  });

const isOriginOfGrant = (record: RequestRecord): boolean =>
  record.kind === 'prepare' && record.state === 'confirmed' && record.result?.grantId === record.id;

/** What was signed is of no use any more once a request is over, or may no longer be sent. */
const withoutBody = (record: RequestRecord): RequestRecord =>
  record.submission ? { ...record, submission: { ...record.submission, body: '' } } : record;

const notThere = () =>
  invalidParams({
    reason: 'REQUEST_NOT_FOUND',
    message: 'The request is no longer stored.',
    action: 'Make the request again.',
  });

type BadEnd = 'failed' | 'rejected' | 'expired';

/** Durable records of requests with the state machine enforced. Every step is in storage before it is given back. */
export type Journal = {
  get(id: string): Promise<RequestRecord>;
  find(origin: string, requestId: string): Promise<RequestRecord | undefined>;
  /** Records that aren't over, oldest first. */
  open(): Promise<readonly RequestRecord[]>;
  ofOrigin(origin: string): Promise<readonly RequestRecord[]>;
  /** Stores a new record, or gives the one that has its origin and requestId. */
  insert(record: RequestRecord): Promise<{ record: RequestRecord; inserted: boolean }>;
  /** One legal step, with what it adds to the record. Throws ILLEGAL_STEP. */
  advance(
    id: string,
    to: RequestState,
    add?: (record: RequestRecord) => RequestRecord,
  ): Promise<RequestRecord>;
  /** Adds to a record without a step. */
  note(id: string, add: (record: RequestRecord) => RequestRecord): Promise<RequestRecord>;
  /** Forgets what was signed, so that it can't be sent any more. */
  unsign(id: string): Promise<RequestRecord>;
  /** Ends a record with an error. Gives false, and changes nothing, when it is over or can't end so any more. */
  end(id: string, to: BadEnd, error: SerializedRpcError): Promise<boolean>;
  /** The record once it is over. */
  ended(id: string): Promise<RequestRecord>;
  /** Removes what ended before a time, except what a grant came from. */
  prune(before: number): Promise<void>;
};

export const createJournal = (parts: {
  requests: RequestTable;
  /** Unix seconds. */
  now: () => number;
  /** Called after every stored change, with the record as it is now. */
  onChange: (record: RequestRecord) => void;
  /** Called once a record has ended with an error, before anybody hears of it. */
  onBadEnd: (record: RequestRecord) => Promise<void>;
}): Journal => {
  const { requests, now, onChange, onBadEnd } = parts;
  const waiters = createWaiters();

  const write = async (
    id: string,
    change: (record: RequestRecord) => RequestRecord,
  ): Promise<RequestRecord> => {
    const record = await requests.update(id, (old) => ({ ...change(old), updatedAt: now() }));
    if (isFinal(record.state)) waiters.settle(record);
    onChange(record);
    return record;
  };

  const get = async (id: string): Promise<RequestRecord> => {
    const record = await requests.get(id);
    if (!record) throw notThere();
    return record;
  };

  return {
    get,
    find: (origin, requestId) => requests.find(origin, requestId),
    open: () => requests.inStates(openStates),
    ofOrigin: (origin) => requests.ofOrigin(origin),
    insert: async (record) => {
      const outcome = await requests.insert(record);
      if (outcome.inserted) onChange(outcome.record);
      return outcome;
    },
    advance: (id, to, add = (record) => record) =>
      write(id, (record) => {
        if (!isLegalStep(record.state, to)) throw illegalStep(record.state, to);
        const next = { ...add(record), state: to };
        return isFinal(to) ? withoutBody(next) : next;
      }),
    unsign: (id) => write(id, withoutBody),
    note: (id, add) => write(id, (record) => ({ ...add(record), state: record.state })),
    end: async (id, to, error) => {
      let ended = false;
      await requests.update(id, (record) => {
        ended = isLegalStep(record.state, to);
        return ended ? { ...withoutBody(record), state: to, error, updatedAt: now() } : undefined;
      });
      if (ended) {
        const record = await get(id);
        await onBadEnd(record);
        waiters.settle(record);
        onChange(record);
      }
      return ended;
    },
    ended: async (id) => {
      const waiting = waiters.wait(id);
      const record = await get(id);
      if (isFinal(record.state)) waiters.settle(record);
      return waiting;
    },
    prune: async (before) => {
      const over = await requests.inStates(finalStates);
      const old = over.filter((record) => record.updatedAt < before && !isOriginOfGrant(record));
      await Promise.all(old.map((record) => requests.remove(record.id)));
    },
  };
};
