import type { ConnectionTable } from '../../storage/storage';
import type { Journal } from '../journal/journal';
import type { Runner } from '../steps/runner';
import type { Handler } from './handler';
import { assertConfirmed, type OpenRequest } from './openRequest';

/** `eth_requestAccounts`: the account, after the person has let this origin see it (EIP-1102). */
export const createRequestAccounts =
  (parts: {
    connections: ConnectionTable;
    journal: Journal;
    open: OpenRequest;
    runner: Runner;
    newId: () => string;
  }): Handler<'eth_requestAccounts'> =>
  async (_params, origin) => {
    const { connections, journal, open, runner, newId } = parts;
    const connected = await connections.get(origin);
    if (connected) return [connected.account];
    const { id } = await open({ kind: 'connect', origin, requestId: `connect:${newId()}` });
    runner.start(id);
    assertConfirmed(await journal.ended(id));
    const connection = await connections.get(origin);
    return connection ? [connection.account] : [];
  };
