import type { ConnectRequest } from '../../storage/records';
import type { ConnectionTable } from '../../storage/storage';
import type { Approvals } from '../approvals/approvals';
import type { Clock } from '../journal/clock';
import type { Journal } from '../journal/journal';
import type { Account } from './account';
import type { Step } from './runner';

/** A page that asks to see the account: review, then the connection is stored. */
export const createConnectSteps = (parts: {
  approvals: Approvals;
  journal: Journal;
  account: Account;
  connections: ConnectionTable;
  clock: Clock;
  isUnlocked: () => Promise<boolean>;
  /** A page's origin now sees an account. */
  onConnected: (origin: string) => Promise<void>;
}): Step<ConnectRequest> => {
  const { approvals, journal, account, connections, clock, isUnlocked, onConnected } = parts;

  const ask = async ({ id, origin, createdAt, expiresAt }: ConnectRequest) => {
    if (!(await isUnlocked())) await approvals.show();
    else {
      const address = await account.address();
      await approvals.askConnect(id, { id, kind: 'connect', origin, createdAt, expiresAt, account: address });
    }
    return 'pause' as const;
  };

  return async (record) => {
    if (record.state === 'received') return ask(record);
    if (record.state !== 'approved' || record.account === undefined) return 'pause';
    await connections.put({ origin: record.origin, account: record.account, createdAt: clock.now() });
    await onConnected(record.origin);
    await journal.advance(record.id, 'confirmed');
    return 'continue';
  };
};
