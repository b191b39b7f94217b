import type { ConnectionTable, GrantTable } from '../../storage/storage';
import type { Chains } from '../chain/chains';
import type { Clock } from '../journal/clock';
import type { Journal } from '../journal/journal';
import type { ChainState } from '../sessions/chainState';
import type { GrantFinder } from '../sessions/grants';
import type { NetworkTime } from '../sessions/networkTime';
import type { Reconciler } from '../sessions/reconcile';
import type { LocalKill } from '../sessions/revocation';
import type { SettingsStore } from '../settings';
import type { Runner } from '../steps/runner';
import { createAccounts } from './accounts';
import { createCheckCalls } from './checkCalls';
import { createCheckEnabledPermissions } from './checkEnabledPermissions';
import { createGetInfo } from './getInfo';
import { createGetPermissions } from './getPermissions';
import { createGetRequest } from './getRequest';
import { createGetUsage } from './getUsage';
import type { Handlers } from './handler';
import { createIsPermissionEnabled } from './isPermissionEnabled';
import type { OpenRequest } from './openRequest';
import { createPrepare } from './prepare';
import { createRequestAccounts } from './requestAccounts';
import { createRevoke } from './revoke';
import { createUse } from './use';

/** A handler per dapp method. */
export const createHandlers = (parts: {
  chains: Chains;
  chainState: ChainState;
  time: NetworkTime;
  clock: Clock;
  journal: Journal;
  runner: Runner;
  settings: SettingsStore;
  grants: GrantTable;
  connections: ConnectionTable;
  finder: GrantFinder;
  reconciler: Reconciler;
  kill: LocalKill;
  open: OpenRequest;
  newId: () => string;
  version: string;
  isUnlocked: () => Promise<boolean>;
}): Handlers => {
  const { chains, chainState, time, clock, journal, runner, settings, grants, connections } = parts;
  const { finder, reconciler, kill, open, newId, version, isUnlocked } = parts;
  return {
    eth_requestAccounts: createRequestAccounts({ connections, clock, journal, open, runner, newId }),
    eth_accounts: createAccounts({ connections }),
    latchkey_getInfo: createGetInfo({ settings, version }),
    latchkey_prepare: createPrepare({ chains, time, journal, open, runner }),
    latchkey_use: createUse({ chains, finder, time, journal, open, runner, isUnlocked }),
    latchkey_revoke: createRevoke({ grants, journal, open, runner, kill }),
    latchkey_checkCalls: createCheckCalls({ chains, finder, chainState, time, isUnlocked }),
    latchkey_getRequest: createGetRequest({ journal }),
    latchkey_getPermissions: createGetPermissions({ grants }),
    latchkey_getUsage: createGetUsage({ grants, reconciler }),
    latchkey_isPermissionEnabled: createIsPermissionEnabled({ grants, chains }),
    latchkey_checkEnabledPermissions: createCheckEnabledPermissions({ grants, chains }),
  };
};
