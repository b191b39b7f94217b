import { rpcErrorCodes } from '../../rpc/errors';
import type { RequestRecord } from '../../storage/records';
import { toRpcError } from '../errors/toRpcError';
import { isExpiry } from '../executor/refusals';
import type { Journal } from '../journal/journal';
import type { Mutex } from '../journal/mutex';
import { isFinal } from '../journal/states';

/** `continue`: the record has moved, look again. `pause`: it waits for the person or for the vault. */
export type StepResult = 'continue' | 'pause';

/** One step of a record. `fresh` means that its present state was reached a moment ago by this very worker. */
export type Step<R extends RequestRecord> = (record: R, fresh: boolean) => Promise<StepResult>;

export type Steps = { [K in RequestRecord['kind']]: Step<Extract<RequestRecord, { kind: K }>> };

const takeStep = (steps: Steps, record: RequestRecord, fresh: boolean): Promise<StepResult> => {
  switch (record.kind) {
    case 'connect':
      return steps.connect(record, fresh);
    case 'prepare':
      return steps.prepare(record, fresh);
    case 'use':
      return steps.use(record, fresh);
    case 'revoke':
      return steps.revoke(record, fresh);
  }
};

/** Takes requests from state to state until they end or wait. One at a time per request. */
export const createRunner = (parts: {
  journal: Journal;
  steps: Steps;
  mutex: Mutex;
  /** Told of defects; the record keeps what a page may know. */
  report: (error: unknown) => void;
  /** Keeps the worker alive while the work runs. */
  keepAlive: <T>(work: () => Promise<T>) => Promise<T>;
}) => {
  const { journal, steps, mutex, keepAlive, report } = parts;

  const fail = async (id: string, error: unknown): Promise<void> => {
    const typed = toRpcError(error);
    if (typed.code === rpcErrorCodes.internal) report(error);
    const ended = await journal.end(id, isExpiry(typed) ? 'expired' : 'failed', typed.toJSON());
    if (!ended) await journal.end(id, 'failed', typed.toJSON());
  };

  const drive = async (id: string): Promise<void> => {
    let before: RequestRecord['state'] | undefined;
    for (;;) {
      const record = await journal.get(id);
      if (isFinal(record.state)) return;
      const fresh = before !== undefined && before !== record.state;
      before = record.state;
      try {
        if ((await takeStep(steps, record, fresh)) === 'pause') return;
      } catch (error) {
        await fail(id, error);
        return;
      }
    }
  };

  /** Takes a request as far as it goes now. */
  const run = (id: string): Promise<void> => keepAlive(() => mutex(`run ${id}`, () => drive(id)));

  return {
    /** Begins to take a request as far as it goes now; what comes of it is in the journal. */
    start: (id: string): void => {
      run(id).catch(report);
    },
    /** Takes every request that isn't over as far as it goes now. */
    resume: async (): Promise<void> => {
      await Promise.all((await journal.open()).map(({ id }) => run(id).catch(report)));
    },
  };
};

export type Runner = ReturnType<typeof createRunner>;
