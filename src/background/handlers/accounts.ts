import type { ConnectionTable } from '../../storage/storage';
import type { Handler } from './handler';

/** `eth_accounts`: the account for a connected origin, nothing for any other. */
export const createAccounts =
  ({ connections }: { connections: ConnectionTable }): Handler<'eth_accounts'> =>
  async (_params, origin) => {
    const connection = await connections.get(origin);
    return connection ? [connection.account] : [];
  };
