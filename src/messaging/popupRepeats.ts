import type { PopupProcedure } from '../rpc/popup/procedures';

/** Decisions, and whatever takes a password or deletes: the page reads the state again before it repeats one. */
const onlyOnce: ReadonlySet<string> = new Set<PopupProcedure>([
  'createVault',
  'changePassword',
  'exportBackup',
  'importBackup',
  'resetVault',
  'approve',
  'reject',
]);

/** Whether a procedure whose answer was lost with its port may be sent again without asking anybody. */
export const mayRepeat = (procedure: string): boolean => !onlyOnce.has(procedure);
