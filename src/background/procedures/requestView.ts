import type { RequestView } from '../../rpc/popup/procedures';
import type { RequestRecord } from '../../storage/records';

/** A request as the popup shows it. */
export const requestView = (record: RequestRecord): RequestView => {
  const { id, kind, origin, state, submission, transactions, error } = record;
  return {
    id,
    kind,
    origin,
    state,
    ...(submission === undefined ? {} : { hash: submission.hash }),
    transactions,
    ...(error === undefined ? {} : { error }),
  };
};
