import type { ConnectionTable, GrantTable } from '../../storage/storage';
import type { Chains } from '../chain/chains';
import type { Clock } from '../journal/clock';
import type { Journal } from '../journal/journal';
import type { Mutex } from '../journal/mutex';
import type { SettingsStore } from '../settings';
import type { Runner } from '../steps/runner';
import { createAccounts } from './accounts';
import { createGetInfo } from './getInfo';
import { createGetPermissions } from './getPermissions';
import { createGetRequest } from './getRequest';
import type { Handlers } from './handler';
import { createIsPermissionEnabled } from './isPermissionEnabled';
import { createOpenRequest } from './openRequest';
import { createPrepare } from './prepare';
import { createRequestAccounts } from './requestAccounts';
import { createUse } from './use';

/** A handler per dapp method. */
export const createHandlers = (parts: {
  chains: Chains;
  clock: Clock;
  journal: Journal;
  runner: Runner;
  mutex: Mutex;
  settings: SettingsStore;
  grants: GrantTable;
  connections: ConnectionTable;
  newId: () => string;
  version: string;
  isUnlocked: () => Promise<boolean>;
  /** A request was opened: there is work. */
  onOpened: () => Promise<void>;
}): Handlers => {
  const { chains, clock, journal, runner, mutex, settings, grants, connections, newId, version } = parts;
  const open = createOpenRequest({ journal, mutex, clock, newId, onOpened: parts.onOpened });
  return {
    eth_requestAccounts: createRequestAccounts({ connections, journal, open, runner, newId }),
    eth_accounts: createAccounts({ connections }),
    latchkey_getInfo: createGetInfo({ settings, version }),
    latchkey_prepare: createPrepare({ chains, clock, journal, open, runner }),
    latchkey_use: createUse({ chains, clock, journal, open, runner, isUnlocked: parts.isUnlocked }),
    latchkey_getRequest: createGetRequest({ journal }),
    latchkey_getPermissions: createGetPermissions({ grants }),
    latchkey_isPermissionEnabled: createIsPermissionEnabled({ grants, chains }),
  };
};
