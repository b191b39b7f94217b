import type { RequestStatus } from '../../rpc/dapp/results';
import type { RequestRecord } from '../../storage/records';
import { unauthorized } from '../errors/rpcErrors';
import type { Journal } from '../journal/journal';
import type { Handler } from './handler';

const unknown = () =>
  unauthorized({
    reason: 'UNKNOWN_REQUEST',
    message: 'This site has made no request of that name.',
    action: 'Check the requestId.',
  });

const statusOf = (record: RequestRecord): RequestStatus => {
  const { requestId, kind, state, submission, error } = record;
  const result = record.kind === 'connect' ? undefined : record.result;
  return {
    requestId,
    kind,
    state,
    ...(submission === undefined ? {} : { hash: submission.hash }),
    ...(result === undefined ? {} : { result }),
    ...(error === undefined ? {} : { error }),
  };
};

/** `latchkey_getRequest`: how far a request of this origin is. */
export const createGetRequest =
  ({ journal }: { journal: Journal }): Handler<'latchkey_getRequest'> =>
  async ([{ requestId }], origin) => {
    const record = await journal.find(origin, requestId);
    if (!record) throw unknown();
    return statusOf(record);
  };
