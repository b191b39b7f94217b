import type { Vault } from '../../vault/index';
import type { Approvals } from '../approvals/approvals';

/** Locking by time. Only what the person does puts the lock off; a page's requests never do. */
export const createLocking = (parts: {
  autoLock: Vault['autoLock'];
  approvals: Pick<Approvals, 'rejectAll'>;
  /** Has the worker woken at this unix second, or not at all. */
  setLockAlarm: (deadline: number | undefined) => Promise<void>;
  onChange: () => void;
}) => {
  const { autoLock, approvals, setLockAlarm, onChange } = parts;
  const schedule = async (): Promise<void> => setLockAlarm(await autoLock.deadline());

  return {
    /** Locks when the time is over, and rejects what waits. Before anything that a message asks for. */
    check: async (): Promise<void> => {
      if (!(await autoLock.lockIfDue())) return;
      await approvals.rejectAll('locked');
      await schedule();
      onChange();
    },
    /** The person has done something. */
    touch: async (): Promise<void> => {
      await autoLock.touch();
      await schedule();
    },
  };
};

export type Locking = ReturnType<typeof createLocking>;
