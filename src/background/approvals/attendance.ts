import type { Clock } from '../journal/clock';

/** Milliseconds in which a page that was reloaded, or whose worker was stopped, asks again. */
const graceMs = 10_000;

const askThePerson: readonly string[] = ['eth_requestAccounts', 'latchkey_prepare', 'latchkey_revoke'];

/**
 * Which sites have a page that waits for an answer. Lives in memory: after a restart of the worker pages ask again.
 */
export const createAttendance = (parts: {
  clock: Clock;
  /** No page of the origin has waited for a while. */
  onLeft: (origin: string) => Promise<void>;
  report: (error: unknown) => void;
}) => {
  const { clock, onLeft, report } = parts;
  const calls = new Map<string, { open: number; turn: number }>();
  const callsOf = (origin: string) => calls.get(origin) ?? { open: 0, turn: 0 };

  const watch = async (origin: string): Promise<void> => {
    const { turn } = callsOf(origin);
    await clock.sleep(graceMs);
    const now = callsOf(origin);
    if (now.open > 0 || now.turn !== turn) return;
    calls.delete(origin);
    await onLeft(origin);
  };

  const expect = (origin: string): void => {
    watch(origin).catch(report);
  };

  return {
    /** Gives an origin time to ask again. */
    expect,
    /** Counts a call that asks the person as waiting until it is answered or its page is gone. */
    during: async <T>(
      { method, origin }: { method: string; origin: string },
      gone: AbortSignal | undefined,
      answer: () => Promise<T>,
    ): Promise<T> => {
      if (!askThePerson.includes(method)) return answer();
      const { open, turn } = callsOf(origin);
      calls.set(origin, { open: open + 1, turn: turn + 1 });
      let left = false;
      const leave = (): void => {
        if (left) return;
        left = true;
        const now = callsOf(origin);
        calls.set(origin, { ...now, open: now.open - 1 });
        if (now.open === 1) expect(origin);
      };
      if (gone?.aborted) leave();
      gone?.addEventListener('abort', leave, { once: true });
      try {
        return await answer();
      } finally {
        leave();
      }
    },
  };
};

export type Attendance = ReturnType<typeof createAttendance>;
