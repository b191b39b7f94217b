import type { GrantTable, RequestTable } from '../../storage/storage';
import type { Vault } from '../../vault/index';
import type { Approvals } from '../approvals/approvals';
import type { Journal } from '../journal/journal';
import type { Reservations } from '../sessions/reservations';
import type { SettingsStore } from '../settings';
import type { Account } from '../steps/account';
import type { AccountPeek } from '../steps/accountPeek';
import type { Locking } from '../steps/locking';
import type { Runner } from '../steps/runner';
import { createListGrants } from './listGrants';
import type { Procedures } from './procedure';
import { createApprove, createGetRequestView, createGetReview, createReject } from './review';
import { createReadState } from './state';
import { createCreateVault, createLock, createUnlock } from './vault';

/** A procedure per name. */
export const createProcedures = (parts: {
  vault: Vault;
  journal: Journal;
  approvals: Approvals;
  runner: Runner;
  account: Account;
  peek: AccountPeek;
  settings: SettingsStore;
  grants: GrantTable;
  requests: RequestTable;
  reservations: Reservations;
  locking: Locking;
  isUnlocked: () => Promise<boolean>;
  onChange: () => void;
}): Procedures => {
  const { vault, journal, approvals, runner, account, peek, settings, onChange } = parts;
  const { grants, requests, reservations, locking, isUnlocked } = parts;
  const readState = createReadState({ vault, journal, account, peek });
  const opening = { vault, grants, approvals, runner, readState, locking, onChange };
  const reviewing = { journal, approvals, runner, isUnlocked };
  return {
    getState: readState,
    createVault: createCreateVault(opening),
    unlock: createUnlock(opening),
    lock: createLock(opening),
    getReview: createGetReview(reviewing),
    approve: createApprove(reviewing),
    reject: createReject(reviewing),
    getRequest: createGetRequestView(reviewing),
    listGrants: createListGrants({ grants, requests, reservations, settings, isUnlocked }),
    getSettings: settings.get,
    saveSettings: async (next) => {
      const saved = await settings.save(next);
      onChange();
      return saved;
    },
  };
};
