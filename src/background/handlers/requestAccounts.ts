import type { ConnectionTable } from '../../storage/storage';
import type { Clock } from '../journal/clock';
import type { Journal } from '../journal/journal';
import type { Runner } from '../steps/runner';
import type { Handler } from './handler';
import { assertConfirmed, type OpenRequest } from './openRequest';

/** `eth_requestAccounts`: the account, after the person has let this origin see it (EIP-1102). */
export const createRequestAccounts =
  (parts: {
    connections: ConnectionTable;
    clock: Clock;
    journal: Journal;
    open: OpenRequest;
    runner: Runner;
    newId: () => string;
  }): Handler<'eth_requestAccounts'> =>
  async (_params, origin, waited) => {
    const { connections, clock, journal, open, runner, newId } = parts;

    /** A connection that was pending while a page that was out of reach waited for it: its decision counts. */
    const missed = async () => {
      if (waited === 0) return undefined;
      const asked = clock.now() - Math.ceil(waited / 1000);
      const history = await journal.ofOrigin(origin);
      return history.findLast(({ kind, updatedAt }) => kind === 'connect' && updatedAt >= asked);
    };

    const connected = await connections.get(origin);
    if (connected) return [connected.account];
    const { id } =
      (await missed()) ?? (await open({ kind: 'connect', origin, requestId: `connect:${newId()}` }));
    runner.start(id);
    assertConfirmed(await journal.ended(id));
    const connection = await connections.get(origin);
    return connection ? [connection.account] : [];
  };
