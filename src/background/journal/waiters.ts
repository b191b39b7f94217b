import type { RequestRecord } from '../../storage/records';

/** Calls of pages that wait for a request to end. Lives in memory: after a restart the page asks again and attaches. */
export const createWaiters = () => {
  const waiting = new Map<string, ((record: RequestRecord) => void)[]>();
  return {
    wait: (id: string): Promise<RequestRecord> =>
      new Promise((resolve) => {
        waiting.set(id, [...(waiting.get(id) ?? []), resolve]);
      }),
    settle: (record: RequestRecord): void => {
      const resolvers = waiting.get(record.id) ?? [];
      waiting.delete(record.id);
      for (const resolve of resolvers) resolve(record);
    },
  };
};
