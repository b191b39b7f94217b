import type { RequestRecord } from '../../storage/records';
import type { Approvals } from '../approvals/approvals';
import type { SessionMemory } from '../approvals/reviewPage';
import { interrupted } from '../executor/refusals';
import type { Journal } from '../journal/journal';

const startedKey = 'latchkey.started';

/**
 * What a closed browser does to requests: those that waited for the person are rejected, those that weren't handed to
 * the node come to nothing, and those that the node may have are followed to their end.
 */
export const createRestart = (parts: {
  journal: Journal;
  approvals: Pick<Approvals, 'rejectAll'>;
  /** Outlives the worker and not the browser. */
  memory: SessionMemory;
}) => {
  const { journal, approvals, memory } = parts;

  const stop = async ({ id, state }: RequestRecord): Promise<void> => {
    if (state === 'submitted' || state === 'mined') return;
    if (state === 'signed') await journal.unsign(id);
    else await journal.end(id, 'failed', interrupted().toJSON());
  };

  /** Once per life of the browser, before anything is answered. */
  return async (): Promise<void> => {
    if ((await memory.get(startedKey)) !== undefined) return;
    await approvals.rejectAll('restarted');
    for (const record of await journal.open()) await stop(record);
    await memory.set(startedKey, 'yes');
  };
};
