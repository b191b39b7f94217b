const retries = 3;
const firstDelayMs = 150;

/** Waits half of the time to all of it, so that clients refused together don't come back together. */
const pause = (most: number) => {
  const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
  return new Promise<void>((resolve) => setTimeout(resolve, (most / 2) * (1 + byte / 255)));
};

/** Does what changes nothing again, up to three times with growing pauses, where its failure may pass. */
export const withRetries = async <T>(
  work: () => Promise<T>,
  mayPass: (error: unknown) => boolean,
): Promise<T> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === retries || !mayPass(error)) throw error;
      await pause(firstDelayMs * 2 ** attempt);
    }
  }
};
