/** Runs one piece of work after the other, in the order of the calls, whether or not the one before failed. */
export type Queue = <T>(work: () => Promise<T>) => Promise<T>;

export const createQueue = (): Queue => {
  let last: Promise<void> = Promise.resolve();
  return (work) => {
    const result = last.then(work);
    last = result.then(ignore, ignore);
    return result;
  };
};

const ignore = (): void => {};
