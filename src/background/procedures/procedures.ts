import type { ConnectionTable, DamagedRecord, GrantTable, RequestTable } from '../../storage/storage';
import type { Vault } from '../../vault/index';
import type { Approvals } from '../approvals/approvals';
import type { OpenRequest } from '../handlers/openRequest';
import type { Journal } from '../journal/journal';
import type { ReadMark } from '../mark';
import type { Reconciler } from '../sessions/reconcile';
import type { Reservations } from '../sessions/reservations';
import type { LocalKill } from '../sessions/revocation';
import type { SettingsStore } from '../settings';
import type { Account } from '../steps/account';
import type { AccountPeek } from '../steps/accountPeek';
import type { Locking } from '../steps/locking';
import type { Runner } from '../steps/runner';
import { createExportBackup, createImportBackup } from './backup';
import { createGetUsageView, createRevokeGrant } from './grantChange';
import { createListGrants } from './listGrants';
import type { Procedures } from './procedure';
import { createApprove, createGetRequestView, createGetReview, createReject } from './review';
import { createGetSettings, createSaveSettings } from './settings';
import { createReadState } from './state';
import {
  createChangePassword,
  createCreateVault,
  createLock,
  createResetVault,
  createUnlock,
  opened,
} from './vault';

/** A procedure per name. */
export const createProcedures = (parts: {
  vault: Vault;
  journal: Journal;
  approvals: Approvals;
  runner: Runner;
  account: Account;
  peek: AccountPeek;
  settings: SettingsStore;
  mark: ReadMark;
  grants: GrantTable;
  connections: ConnectionTable;
  requests: RequestTable;
  damaged: () => Promise<readonly DamagedRecord[]>;
  reservations: Reservations;
  reconciler: Reconciler;
  reconcileAll: () => Promise<void>;
  kill: LocalKill;
  open: OpenRequest;
  newId: () => string;
  locking: Locking;
  now: () => number;
  isUnlocked: () => Promise<boolean>;
  forgetAll: () => Promise<void>;
  onChange: () => void;
}): Procedures => {
  const { vault, journal, approvals, runner, account, peek, settings, onChange } = parts;
  const { grants, connections, requests, reservations, locking, isUnlocked } = parts;
  const readState = createReadState({ vault, journal, account, peek, mark: parts.mark });
  const { damaged, forgetAll } = parts;
  const opening = { vault, grants, damaged, approvals, runner, readState, locking, forgetAll, onChange };
  const reviewing = { journal, approvals, runner, isUnlocked };
  const changing = {
    ...{ grants, journal, runner, isUnlocked },
    ...{ open: parts.open, kill: parts.kill, reconciler: parts.reconciler, newId: parts.newId },
  };
  const backingUp = {
    ...{ vault, grants, connections, reservations, settings, readState },
    reconcileAll: parts.reconcileAll,
    onOpened: async () => {
      await opened(opening);
    },
  };
  return {
    getState: readState,
    createVault: createCreateVault(opening),
    unlock: createUnlock(opening),
    lock: createLock(opening),
    touch: async () => undefined,
    changePassword: createChangePassword(opening),
    exportBackup: createExportBackup(backingUp),
    importBackup: createImportBackup(backingUp),
    resetVault: createResetVault(opening),
    getReview: createGetReview(reviewing),
    approve: createApprove(reviewing),
    reject: createReject(reviewing),
    getRequest: createGetRequestView(reviewing),
    listGrants: createListGrants({ grants, requests, reservations, settings, now: parts.now, isUnlocked }),
    getUsage: createGetUsageView(changing),
    revokeGrant: createRevokeGrant(changing),
    getSettings: createGetSettings({ settings, autoLock: vault.autoLock, isUnlocked }),
    saveSettings: createSaveSettings({
      ...{ settings, autoLock: vault.autoLock, locking, isUnlocked, onChange },
    }),
  };
};
