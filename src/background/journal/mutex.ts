/** Runs tasks of one key one after the other, in the order in which they came. */
export type Mutex = <T>(key: string, task: () => Promise<T>) => Promise<T>;

export const createMutex = (): Mutex => {
  const tails = new Map<string, Promise<unknown>>();
  return (key, task) => {
    const before = tails.get(key) ?? Promise.resolve();
    const run = before.then(task, task);
    const tail = run.then(
      () => undefined,
      () => undefined,
    );
    tails.set(key, tail);
    void tail.then(() => {
      if (tails.get(key) === tail) tails.delete(key);
    });
    return run;
  };
};
